package io.facet.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facet.error.FacetException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SealingTest {
    private static final byte[] CONTEXT = "event 1".getBytes(UTF_8);
    private final SealingKeyPair keys = SealingKeyPair.generate();
    private final Sealing sealing = Sealing.to(keys.publicKey());

    @Property(tries = 50)
    void whatIsSealedOpens(@ForAll byte[] plain, @ForAll byte[] context) {
        assertThat(keys.open("evidence", context, sealing.seal("evidence", context, plain)))
                .isEqualTo(plain);
    }

    @Test
    void keysSurviveStorage() {
        SealedBox box = sealing.seal("evidence", CONTEXT, "secret".getBytes(UTF_8));
        SealingKeyPair restored = SealingKeyPair.fromBytes(keys.toBytes());
        assertThat(restored.keyId()).isEqualTo(keys.keyId()).isEqualTo(sealing.keyId());
        assertThat(restored.open("evidence", CONTEXT, box)).isEqualTo("secret".getBytes(UTF_8));
    }

    @Test
    void purposeContextAndKeyAreHeld() {
        SealedBox box = sealing.seal("evidence", CONTEXT, "secret".getBytes(UTF_8));
        assertThatThrownBy(() -> keys.open("live", CONTEXT, box))
                .isInstanceOf(FacetException.class);
        assertThatThrownBy(() -> keys.open("evidence", "event 2".getBytes(UTF_8), box))
                .isInstanceOf(FacetException.class);
        assertThatThrownBy(() -> SealingKeyPair.generate().open("evidence", CONTEXT, box))
                .isInstanceOf(FacetException.class)
                .hasMessageContaining(keys.keyId());
    }

    @Test
    void damagedBoxesAreRefused() {
        SealedBox box = sealing.seal("evidence", CONTEXT, "secret".getBytes(UTF_8));
        byte[] changed = box.ciphertext().clone();
        changed[3] ^= 1;
        assertRefused(new SealedBox(box.keyId(), box.encapsulated(), changed));
        assertRefused(new SealedBox(box.keyId(), new byte[32], box.ciphertext()));
        assertRefused(new SealedBox(box.keyId(), new byte[5], box.ciphertext()));
        assertRefused(new SealedBox(box.keyId(), box.encapsulated(), new byte[0]));
    }

    @Test
    void damagedKeysAreRefused() {
        assertThatThrownBy(() -> Sealing.to(new byte[10])).isInstanceOf(FacetException.class);
        assertThatThrownBy(() -> SealingKeyPair.fromBytes(new byte[1]))
                .isInstanceOf(FacetException.class);
        assertThatThrownBy(() -> SealingKeyPair.fromBytes(new byte[] {-1, 0, 0}))
                .isInstanceOf(FacetException.class);
    }

    private void assertRefused(SealedBox box) {
        assertThatThrownBy(() -> keys.open("evidence", CONTEXT, box))
                .isInstanceOf(FacetException.class);
    }
}
