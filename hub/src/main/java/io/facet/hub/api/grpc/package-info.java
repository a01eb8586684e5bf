/**
 * The gRPC API: {@code facet.v1.FaceRecognition}, health and reflection on a port of their own.
 *
 * <p>Takes: calls with a credential in their metadata.
 *
 * <p>Gives: messages of {@code io.facet.wire.rpc.v1}, and statuses with {@code
 * google.rpc.ErrorInfo}.
 *
 * <p>Threading: a virtual thread per call; streams serialise what they send.
 */
@NullMarked
package io.facet.hub.api.grpc;

import org.jspecify.annotations.NullMarked;
