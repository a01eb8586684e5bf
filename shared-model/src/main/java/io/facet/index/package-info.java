/**
 * Nearest neighbours on the unit sphere: exact SIMD scan and HNSW behind VectorIndex.
 *
 * <p>Takes: embeddings by face id.
 *
 * <p>Gives: the k most similar.
 *
 * <p>Threading: many readers, one writer at a time; a search sees every write that returned before
 * it began.
 */
@NullMarked
package io.facet.index;

import org.jspecify.annotations.NullMarked;
