package io.facet.hub.api.grpc;

import com.google.protobuf.ByteString;
import io.facet.wire.rpc.v1.FaceRecognitionGrpc;
import io.facet.wire.rpc.v1.RecognizeFacesRequest;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The Java example of docs/api.md; {@link GuideTest} holds the two together. */
final class GuideExample {
    private GuideExample() {}

    // docs: begin
    static List<String> namesIn(Path picture, int port, String key) throws IOException {
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("x-api-key", Metadata.ASCII_STRING_MARSHALLER), key);
        ManagedChannel channel =
                ManagedChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
        try {
            RecognizeFacesRequest request =
                    RecognizeFacesRequest.newBuilder()
                            .setImageData(ByteString.copyFrom(Files.readAllBytes(picture)))
                            .setThreshold(0.7f)
                            .build();
            return FaceRecognitionGrpc.newBlockingStub(channel)
                    .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                    .withDeadlineAfter(5, TimeUnit.SECONDS)
                    .recognizeFaces(request)
                    .getMatchesList()
                    .stream()
                    .map(match -> match.getName() + " " + match.getConfidence())
                    .toList();
        } finally {
            channel.shutdown();
        }
    }
    // docs: end
}
