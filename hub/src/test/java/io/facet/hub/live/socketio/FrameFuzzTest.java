package io.facet.hub.live.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.live.engineio.EnginePacket;
import io.facet.hub.live.engineio.PacketCodec;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Whatever a viewer sends, by polling or as frames: packets that can be said again, or refusals.
 */
class FrameFuzzTest {
    private static final int MOST_HELD = 1_000;

    @FuzzTest(maxDuration = "1m")
    void anyBodyIsTakenOrRefused(byte[] body) {
        SocketDecoder decoder = new SocketDecoder(MOST_HELD);
        try {
            String text = new String(body, StandardCharsets.UTF_8);
            for (EnginePacket packet : PacketCodec.decodePayload(text)) {
                take(decoder, packet).ifPresent(FrameFuzzTest::assertReadAgain);
            }
        } catch (FacetException refused) {
            assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
            assertThat(refused.reason()).containsAnyOf("Engine.IO: ", "Socket.IO: ");
        }
    }

    private static void assertReadAgain(SocketPacket packet) {
        SocketDecoder again = new SocketDecoder(MOST_HELD);
        Optional<SocketPacket> read = Optional.empty();
        for (EnginePacket message : SocketEncoder.encode(packet)) {
            read = take(again, message);
        }
        assertThat(read).contains(packet);
    }

    private static Optional<SocketPacket> take(SocketDecoder decoder, EnginePacket packet) {
        return switch (packet) {
            case EnginePacket.Text text -> decoder.text(text.data());
            case EnginePacket.Binary binary -> decoder.binary(binary.data());
        };
    }
}
