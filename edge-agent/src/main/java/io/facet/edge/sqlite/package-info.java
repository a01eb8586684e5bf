/**
 * SQLite files that survive: WAL, full synchronisation, versioned, damage kept aside.
 *
 * <p>Takes: a path and a schema.
 *
 * <p>Gives: a connection and transactions.
 *
 * <p>Threading: a file belongs to one thread at a time.
 */
@NullMarked
package io.facet.edge.sqlite;

import org.jspecify.annotations.NullMarked;
