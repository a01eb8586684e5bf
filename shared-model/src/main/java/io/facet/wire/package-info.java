/**
 * What edge agents and the hub say to each other: topics and protobuf envelopes.
 *
 * <p>Takes: model values.
 *
 * <p>Gives: bytes, and model values back.
 *
 * <p>Threading: stateless.
 */
@NullMarked
package io.facet.wire;

import org.jspecify.annotations.NullMarked;
