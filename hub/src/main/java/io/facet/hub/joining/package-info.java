/**
 * How boxes join: tokens that count once, and certificates of the hub's own authority.
 *
 * <p>Takes: wishes of administrators, requests for certificates of boxes.
 *
 * <p>Gives: tokens, certificates, and who holds one.
 *
 * <p>Threading: thread-safe.
 */
@NullMarked
package io.facet.hub.joining;

import org.jspecify.annotations.NullMarked;
