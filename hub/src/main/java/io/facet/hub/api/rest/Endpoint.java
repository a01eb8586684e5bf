package io.facet.hub.api.rest;

import io.helidon.http.Method;

/**
 * One call of the API.
 *
 * @param path in Helidon's form: {@code /api/cameras/{camera_id}}
 * @param spec what it takes and gives
 */
public record Endpoint(Method method, String path, Access access, Action action, Spec spec) {
    /** What the call does; errors are FacetException or, for values, IllegalArgumentException. */
    @FunctionalInterface
    public interface Action {
        Reply answer(Call call) throws java.io.IOException;
    }

    static Endpoint get(String path, Access access, Spec spec, Action action) {
        return new Endpoint(Method.GET, path, access, action, spec);
    }

    static Endpoint post(String path, Access access, Spec spec, Action action) {
        return new Endpoint(Method.POST, path, access, action, spec);
    }

    static Endpoint patch(String path, Access access, Spec spec, Action action) {
        return new Endpoint(Method.PATCH, path, access, action, spec);
    }

    static Endpoint put(String path, Access access, Spec spec, Action action) {
        return new Endpoint(Method.PUT, path, access, action, spec);
    }

    static Endpoint delete(String path, Access access, Spec spec, Action action) {
        return new Endpoint(Method.DELETE, path, access, action, spec);
    }
}
