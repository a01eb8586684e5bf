/**
 * PostgreSQL: the embedded server, migrations, and the stores of the services.
 *
 * <p>Takes: store calls.
 *
 * <p>Gives: rows; everything personal encrypted.
 *
 * <p>Threading: thread-safe; a connection per call.
 */
@NullMarked
package io.facet.hub.store.postgres;

import org.jspecify.annotations.NullMarked;
