/**
 * TLS of every listener and client: credentials from files, read again when the files change.
 *
 * <p>Takes: PEM files or a PKCS#12 store.
 *
 * <p>Gives: SSLContext.
 *
 * <p>Threading: thread-safe.
 */
@NullMarked
package io.facet.tls;

import org.jspecify.annotations.NullMarked;
