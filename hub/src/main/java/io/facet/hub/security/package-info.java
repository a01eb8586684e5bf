/**
 * Who is asking: API keys, users, sessions, device keys.
 *
 * <p>Takes: presented credentials.
 *
 * <p>Gives: Principal.
 *
 * <p>Threading: thread-safe.
 */
@NullMarked
package io.facet.hub.security;

import org.jspecify.annotations.NullMarked;
