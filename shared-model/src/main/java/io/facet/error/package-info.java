/**
 * One error type with a stable code.
 *
 * <p>Takes: what went wrong and what to do.
 *
 * <p>Gives: a code that one table maps to HTTP and gRPC.
 *
 * <p>Threading: immutable.
 */
@NullMarked
package io.facet.error;

import org.jspecify.annotations.NullMarked;
