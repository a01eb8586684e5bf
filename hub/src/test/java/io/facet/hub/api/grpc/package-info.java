/** The gRPC API through a real channel. */
@org.jspecify.annotations.NullMarked
package io.facet.hub.api.grpc;
