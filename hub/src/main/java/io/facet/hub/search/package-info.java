/**
 * The master index over every enrolled face.
 *
 * <p>Takes: embeddings by face and person.
 *
 * <p>Gives: match decisions.
 *
 * <p>Threading: thread-safe; a search sees every enrolment that was acknowledged before it.
 */
@NullMarked
package io.facet.hub.search;

import org.jspecify.annotations.NullMarked;
