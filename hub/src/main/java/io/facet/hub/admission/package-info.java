/**
 * How much one caller may ask for, and who one caller is when nobody knows them.
 *
 * <p>Takes: ids of callers, addresses of clients.
 *
 * <p>Gives: leave, or a refusal with the time to wait.
 *
 * <p>Threading: thread-safe.
 */
@NullMarked
package io.facet.hub.admission;

import org.jspecify.annotations.NullMarked;
