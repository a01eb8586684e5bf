package io.facet.hub.api.rest;

import io.helidon.http.Method;

/**
 * One call of the API.
 *
 * @param path in Helidon's form: {@code /api/cameras/{camera_id}}
 */
public record Endpoint(Method method, String path, Access access, Action action) {
    /** What the call does; errors are FacetException or, for values, IllegalArgumentException. */
    @FunctionalInterface
    public interface Action {
        Reply answer(Call call) throws java.io.IOException;
    }
}
