/**
 * The hub's values as JSON in snake_case, the same for REST and Socket.IO.
 *
 * <p>Takes: values of the services.
 *
 * <p>Gives: JSON trees; times are RFC 3339 in UTC with milliseconds.
 *
 * <p>Threading: stateless.
 */
@NullMarked
package io.facet.hub.api.json;

import org.jspecify.annotations.NullMarked;
