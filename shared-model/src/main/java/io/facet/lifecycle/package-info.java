/**
 * Starts parts in order and closes them in reverse.
 *
 * <p>Takes: closeable parts.
 *
 * <p>Gives: one closeable whole.
 *
 * <p>Threading: start and close from one thread.
 */
@NullMarked
package io.facet.lifecycle;

import org.jspecify.annotations.NullMarked;
