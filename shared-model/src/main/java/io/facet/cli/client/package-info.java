/**
 * The verbs that talk to a running hub: {@code enroll} and {@code recognize}.
 *
 * <p>Takes: pictures, a hub's address and an API key.
 *
 * <p>Gives: a result per picture.
 *
 * <p>Threading: the client is thread-safe.
 */
@NullMarked
package io.facet.cli.client;

import org.jspecify.annotations.NullMarked;
