/**
 * Envelopes on the JDK's own primitives: AES-256-GCM at rest, DHKEM sealing in transit.
 *
 * <p>Takes: plain bytes and keys.
 *
 * <p>Gives: sealed bytes.
 *
 * <p>Threading: thread-safe.
 */
@NullMarked
package io.facet.crypto;

import org.jspecify.annotations.NullMarked;
