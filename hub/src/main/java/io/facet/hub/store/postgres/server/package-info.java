/**
 * The embedded PostgreSQL: programs, data folder, start, adoption, stop.
 *
 * <p>Takes: a folder.
 *
 * <p>Gives: a server on the loopback address that keeps what it acknowledged.
 *
 * <p>Threading: start and close from one thread.
 */
@NullMarked
package io.facet.hub.store.postgres.server;

import org.jspecify.annotations.NullMarked;
