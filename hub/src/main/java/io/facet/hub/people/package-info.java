/**
 * People and their faces: enrol, list, rename, delete, erase.
 *
 * <p>Takes: pictures and names.
 *
 * <p>Gives: faces, and refusals with reasons.
 *
 * <p>Threading: thread-safe.
 */
@NullMarked
package io.facet.hub.people;

import org.jspecify.annotations.NullMarked;
