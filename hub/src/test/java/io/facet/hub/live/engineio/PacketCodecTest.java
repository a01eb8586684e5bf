package io.facet.hub.live.engineio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facet.error.FacetException;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PacketCodecTest {
    @Property(tries = 300)
    void whatIsWrittenIsReadAgain(@ForAll("payloads") List<EnginePacket> packets) {
        assertThat(PacketCodec.decodePayload(PacketCodec.encodePayload(packets)))
                .isEqualTo(packets);
    }

    @Property(tries = 300)
    void anyTextIsAPacketOrAClearError(@ForAll String text) {
        try {
            assertThat(PacketCodec.decodePayload(text)).isNotEmpty();
        } catch (FacetException refused) {
            assertThat(refused.reason()).startsWith("Engine.IO: ");
        }
    }

    @Example
    void formsOfTheProtocolText() {
        assertThat(
                        PacketCodec.encodePayload(
                                List.of(
                                        EnginePacket.message("hello"),
                                        new EnginePacket.Binary(new byte[] {1, 2, 3, 4}))))
                .isEqualTo("4hello\u001ebAQIDBA==");
        assertThat(PacketCodec.encode(new EnginePacket.Text(PacketType.PING, "probe")))
                .isEqualTo("2probe");
    }

    @Example
    void brokenPacketsAreRefused() {
        for (String broken : List.of("", "abc", "7", "b%%%", "4a\u001e", "\u001e4a")) {
            assertThatThrownBy(() -> PacketCodec.decodePayload(broken))
                    .as(broken)
                    .isInstanceOf(FacetException.class);
        }
    }

    @Provide
    Arbitrary<List<EnginePacket>> payloads() {
        Arbitrary<EnginePacket> text =
                Combinators.combine(
                                Arbitraries.of(PacketType.class),
                                Arbitraries.strings()
                                        .filter(s -> s.indexOf(PacketCodec.SEPARATOR) < 0))
                        .as(EnginePacket.Text::new);
        Arbitrary<EnginePacket> binary =
                Arbitraries.bytes().array(byte[].class).ofMaxSize(50).map(EnginePacket.Binary::new);
        return Arbitraries.oneOf(text, binary).list().ofMinSize(1).ofMaxSize(6);
    }
}
