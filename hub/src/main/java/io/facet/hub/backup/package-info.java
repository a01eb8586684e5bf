/**
 * Encrypted copies of everything the hub keeps, and the way back.
 *
 * <p>Takes: a database, a passphrase or a key file.
 *
 * <p>Gives: a file.
 *
 * <p>Threading: one thread.
 */
@NullMarked
package io.facet.hub.backup;

import org.jspecify.annotations.NullMarked;
