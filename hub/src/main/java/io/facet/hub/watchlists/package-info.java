/**
 * Lists of people who are looked out for, each with a threshold, a colour, an end and a scope.
 *
 * <p>Takes: lists and their members.
 *
 * <p>Gives: which lists a recognition matches.
 *
 * <p>Threading: thread-safe.
 */
@NullMarked
package io.facet.hub.watchlists;

import org.jspecify.annotations.NullMarked;
