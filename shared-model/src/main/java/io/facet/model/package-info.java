/**
 * The words of the product as values that check themselves.
 *
 * <p>Takes: nothing.
 *
 * <p>Gives: ids, geometry, embeddings, people, cameras, events.
 *
 * <p>Threading: everything is immutable.
 */
@NullMarked
package io.facet.model;

import org.jspecify.annotations.NullMarked;
