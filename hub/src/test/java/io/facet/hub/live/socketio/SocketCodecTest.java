package io.facet.hub.live.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.facet.error.FacetException;
import io.facet.hub.live.engineio.EnginePacket;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SocketCodecTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static SocketDecoder decoder() {
        return new SocketDecoder(1000);
    }

    private static Optional<SocketPacket> decode(List<EnginePacket> messages) {
        SocketDecoder decoder = decoder();
        Optional<SocketPacket> packet = Optional.empty();
        for (EnginePacket message : messages) {
            assertThat(packet).isEmpty();
            packet =
                    switch (message) {
                        case EnginePacket.Text text -> decoder.text(text.data());
                        case EnginePacket.Binary binary -> decoder.binary(binary.data());
                    };
        }
        return packet;
    }

    @Property(tries = 300)
    void whatIsWrittenIsReadAgain(@ForAll("packets") SocketPacket packet) {
        assertThat(decode(SocketEncoder.encode(packet))).contains(packet);
    }

    @Property(tries = 500)
    void anyTextIsAPacketOrAClearError(@ForAll("texts") String text) {
        try {
            decoder().text(text);
        } catch (FacetException refused) {
            assertThat(refused.reason()).startsWith("Socket.IO: ");
        }
    }

    @Example
    void formsOfTheProtocolText() throws JsonProcessingException {
        assertThat(
                        text(
                                SocketPacketType.EVENT,
                                "/",
                                OptionalLong.empty(),
                                JSON.readTree("[\"foo\"]")))
                .isEqualTo("2[\"foo\"]");
        assertThat(
                        text(
                                SocketPacketType.EVENT,
                                "/admin",
                                OptionalLong.empty(),
                                JSON.readTree("[\"bar\"]")))
                .isEqualTo("2/admin,[\"bar\"]");
        assertThat(text(SocketPacketType.ACK, "/admin", OptionalLong.of(456), JSON.readTree("[]")))
                .isEqualTo("3/admin,456[]");
        assertThat(
                        text(
                                SocketPacketType.DISCONNECT,
                                "/admin",
                                OptionalLong.empty(),
                                MissingNode.getInstance()))
                .isEqualTo("1/admin,");
        ArrayNode bytes = JSON.createArrayNode().add("baz").add(new byte[] {1, 2});
        assertThat(text(SocketPacketType.EVENT, "/", OptionalLong.empty(), bytes))
                .isEqualTo("51-[\"baz\",{\"_placeholder\":true,\"num\":0}]");
        assertThat(text(SocketPacketType.ACK, "/", OptionalLong.of(15), bytes))
                .isEqualTo("61-15[\"baz\",{\"_placeholder\":true,\"num\":0}]");
    }

    private static String text(
            SocketPacketType type, String namespace, OptionalLong id, JsonNode data) {
        EnginePacket first =
                SocketEncoder.encode(new SocketPacket(type, namespace, id, data)).getFirst();
        return ((EnginePacket.Text) first).data();
    }

    @Example
    void brokenPacketsAreRefused() {
        for (String broken :
                List.of(
                        "",
                        "abc",
                        "7",
                        "2",
                        "2{}",
                        "2[]",
                        "2[{}]",
                        "2[\"a\"",
                        "2abc[\"a\"]",
                        "3{}",
                        "0[]",
                        "5[\"a\"]",
                        "5-[\"a\"]",
                        "599-[\"a\"]",
                        "51[\"a\"]",
                        "2[\"a\"]x",
                        "1{}",
                        "21234567890123456[\"a\"]",
                        "2" + "[".repeat(100_000))) {
            assertThatThrownBy(() -> decoder().text(broken))
                    .as(broken.substring(0, Math.min(20, broken.length())))
                    .isInstanceOf(FacetException.class);
        }
    }

    @Example
    void attachmentsThatNobodyAskedForAreRefused() {
        assertThatThrownBy(() -> decoder().binary(new byte[1])).isInstanceOf(FacetException.class);
        SocketDecoder waiting = decoder();
        waiting.text("51-[\"a\",{\"_placeholder\":true,\"num\":0}]");
        assertThatThrownBy(() -> waiting.text("2[\"b\"]")).isInstanceOf(FacetException.class);
        SocketDecoder wrongNumber = decoder();
        wrongNumber.text("51-[\"a\",{\"_placeholder\":true,\"num\":7}]");
        assertThatThrownBy(() -> wrongNumber.binary(new byte[1]))
                .isInstanceOf(FacetException.class);
        SocketDecoder large = decoder();
        large.text("51-[\"a\",{\"_placeholder\":true,\"num\":0}]");
        assertThatThrownBy(() -> large.binary(new byte[1001])).isInstanceOf(FacetException.class);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(40),
                Arbitraries.strings().withChars("0123456-/,[]{}\"ab").ofMaxLength(40));
    }

    @Provide
    Arbitrary<SocketPacket> packets() {
        Arbitrary<String> namespace = Arbitraries.of("/", "/admin", "/a/b");
        Arbitrary<OptionalLong> id =
                Arbitraries.longs()
                        .between(0, 1_000_000)
                        .optional()
                        .map(o -> o.isPresent() ? OptionalLong.of(o.get()) : OptionalLong.empty());
        return Combinators.combine(
                        Arbitraries.of(SocketPacketType.EVENT, SocketPacketType.ACK),
                        namespace,
                        id,
                        values())
                .as((type, space, ack, values) -> {
                    ArrayNode data = JsonNodeFactory.instance.arrayNode();
                    data.add("name");
                    values.forEach(data::add);
                    return new SocketPacket(type, space, ack, data);
                });
    }

    private static Arbitrary<List<JsonNode>> values() {
        Arbitrary<JsonNode> value =
                Arbitraries.oneOf(
                        Arbitraries.integers().map(IntNode::valueOf),
                        Arbitraries.strings().ofMaxLength(20).map(TextNode::valueOf),
                        Arbitraries.bytes()
                                .array(byte[].class)
                                .ofMaxSize(20)
                                .map(BinaryNode::valueOf),
                        Arbitraries.bytes()
                                .array(byte[].class)
                                .ofMaxSize(20)
                                .map(bytes ->
                                        JsonNodeFactory.instance.objectNode().put("jpeg", bytes)));
        return value.list().ofMaxSize(5);
    }
}
