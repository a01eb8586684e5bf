package io.facet.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facet.error.FacetException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
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
        assertRefused(new SealedBox(box.keyId(), box.encapsulated(), box.salt(), changed));
        assertRefused(new SealedBox(box.keyId(), new byte[32], box.salt(), box.ciphertext()));
        assertRefused(new SealedBox(box.keyId(), new byte[5], box.salt(), box.ciphertext()));
        assertRefused(new SealedBox(box.keyId(), box.encapsulated(), box.salt(), new byte[0]));
    }

    @Test
    void manyMessagesShareASecretButNoKey() {
        Sealing salted = Sealing.salted(keys.publicKey());
        byte[] plain = "secret".getBytes(UTF_8);
        SealedBox first = salted.seal("evidence", CONTEXT, plain);
        SealedBox second = salted.seal("evidence", CONTEXT, plain);
        assertThat(second.encapsulated()).isEqualTo(first.encapsulated());
        assertThat(second.ciphertext()).isNotEqualTo(first.ciphertext());
        assertThat(keys.open("evidence", CONTEXT, first)).isEqualTo(plain);
        assertThat(keys.open("evidence", CONTEXT, second)).isEqualTo(plain);
        assertRefused(
                new SealedBox(
                        first.keyId(), first.encapsulated(), second.salt(), first.ciphertext()));
    }

    @Test
    void aSecretServesSoManyMessages() {
        Sealing salted = Sealing.salted(keys.publicKey());
        Set<ByteBuffer> secrets = new HashSet<>();
        for (int i = 0; i < 1025; i++) {
            SealedBox box = salted.seal("evidence", CONTEXT, new byte[0]);
            secrets.add(ByteBuffer.wrap(box.encapsulated()));
        }
        assertThat(secrets).hasSize(2);
    }

    @Test
    void onlyTheLastSendersAreRemembered() {
        OpenedSecrets secrets = new OpenedSecrets(2);
        SecretKey secret = new SecretKeySpec(new byte[32], "Generic");
        for (byte i = 0; i < 3; i++) {
            secrets.keep(new byte[] {i}, secret);
        }
        assertThat(secrets.of(new byte[] {0})).isEmpty();
        assertThat(secrets.of(new byte[] {1})).contains(secret);
        assertThat(secrets.of(new byte[] {2})).contains(secret);
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
