/**
 * Certificates of an installation's own authority, and the token a box joins with.
 *
 * <p>Takes: public keys and requests for certificates (PKCS#10).
 *
 * <p>Gives: X.509 certificates and PEM text. The only package that knows Bouncy Castle.
 *
 * <p>Threading: thread-safe.
 */
@NullMarked
package io.facet.pki;

import org.jspecify.annotations.NullMarked;
