/**
 * The REST API: the calls of the brief and those under {@code /api/v1}.
 *
 * <p>Takes: HTTP requests with a credential.
 *
 * <p>Gives: JSON in snake_case, pictures, and problem details (RFC 9457) for errors.
 *
 * <p>Threading: a virtual thread per request; everything here is stateless.
 */
@NullMarked
package io.facet.hub.api.rest;

import org.jspecify.annotations.NullMarked;
