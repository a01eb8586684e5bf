package io.facet.hub.live.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.sun.management.ThreadMXBean;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.live.engineio.EnginePacket;
import io.facet.hub.live.engineio.PacketCodec;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Whatever comes over the wire, from the polling body to the packet: a packet, nothing yet, or a
 * clear refusal; and never more memory than a multiple of what came.
 */
class WireFuzzTest {
    private static final int MOST_HELD = 1_000;

    /** A JSON tree takes some 24 bytes for a character of text such as {@code [1,1,...]}. */
    private static final long BYTES_A_CHARACTER = 200;

    private static final long BYTES_AT_LEAST = 1_000_000;

    @Property(tries = 2000)
    void anyBytesAreTakenOrRefused(@ForAll("bodies") byte[] body) {
        SocketDecoder decoder = new SocketDecoder(MOST_HELD);
        long before = allocated();
        List<SocketPacket> packets = new ArrayList<>();
        try {
            String text = new String(body, StandardCharsets.UTF_8);
            for (EnginePacket packet : PacketCodec.decodePayload(text)) {
                take(decoder, packet).ifPresent(packets::add);
            }
        } catch (FacetException refused) {
            assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
        }
        long spent = allocated() - before;
        assertThat(spent).isLessThan(BYTES_AT_LEAST + BYTES_A_CHARACTER * body.length);
        packets.forEach(packet -> {
            assertThat(packet.namespace()).startsWith("/").hasSizeLessThanOrEqualTo(200);
            assertThat(bytes(packet.data())).isLessThanOrEqualTo(MOST_HELD);
        });
    }

    /** What was taken in can be said again, and is the same then. */
    @Property(tries = 1000)
    void whatIsTakenIsWrittenAndReadTheSame(@ForAll("bodies") byte[] body) {
        SocketDecoder decoder = new SocketDecoder(MOST_HELD);
        try {
            String text = new String(body, StandardCharsets.UTF_8);
            for (EnginePacket packet : PacketCodec.decodePayload(text)) {
                take(decoder, packet).ifPresent(WireFuzzTest::assertReadAgain);
            }
        } catch (FacetException refused) {
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

    private static long bytes(JsonNode node) {
        if (node instanceof BinaryNode binary) {
            return binary.binaryValue().length;
        }
        return node.valueStream().mapToLong(WireFuzzTest::bytes).sum();
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getCurrentThreadAllocatedBytes();
    }

    @Provide
    Arbitrary<byte[]> bodies() {
        Arbitrary<String> soup =
                Arbitraries.of(
                                "4",
                                "2",
                                "5",
                                "6",
                                "0",
                                "1",
                                "3",
                                "b",
                                "\u001e",
                                "/",
                                ",",
                                "-",
                                "[",
                                "]",
                                "{",
                                "}",
                                "\"",
                                ":",
                                "99",
                                "1-",
                                "2-",
                                "10-",
                                "AQID",
                                "/custom,",
                                "[\"a\"]",
                                "{\"_placeholder\":true,\"num\":0}",
                                "{\"_placeholder\":true,\"num\":1}",
                                "\"_placeholder\"",
                                "1e999999",
                                "\\ud800",
                                "\u0000",
                                "452-[\"a\",",
                                "42[\"a\",1]",
                                "bAQID\u001e")
                        .list()
                        .ofMaxSize(60)
                        .map(parts -> String.join("", parts));
        Arbitrary<String> valid =
                Arbitraries.of(
                        "42[\"message\",1,\"2\",{\"3\":[true]}]",
                        "452-[\"m\",{\"_placeholder\":true,\"num\":0},"
                                + "{\"_placeholder\":true,\"num\":1}]\u001ebAQID\u001ebBAUG",
                        "40/custom,{\"token\":\"x\"}\u001e42/custom,7[\"e\",{\"_placeholder\":1}]",
                        "43/custom,456[[[[[1]]]]]",
                        "4" + "2[" + "[".repeat(500),
                        "42[\"a\"" + ",1".repeat(5_000) + "]",
                        "451-[\"a\""
                                + ",{\"_placeholder\":true,\"num\":0}".repeat(300)
                                + "]\u001ebAAAA");
        Arbitrary<byte[]> mutated =
                Combinators.combine(
                                valid,
                                Arbitraries.integers().between(0, Integer.MAX_VALUE),
                                Arbitraries.bytes(),
                                Arbitraries.integers().between(0, 3))
                        .as((text, place, value, times) -> {
                            byte[] body = text.getBytes(StandardCharsets.UTF_8);
                            for (int i = 0; i < times; i++) {
                                body[(int) ((place * 31L + i * 17L) % body.length)] = value;
                            }
                            return body;
                        });
        return Arbitraries.oneOf(
                Arbitraries.bytes().array(byte[].class).ofMaxSize(200),
                soup.map(text -> text.getBytes(StandardCharsets.UTF_8)),
                mutated);
    }
}
