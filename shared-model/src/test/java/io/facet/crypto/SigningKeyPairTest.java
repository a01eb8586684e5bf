package io.facet.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SigningKeyPairTest {
    private final SigningKeyPair pair = SigningKeyPair.generate();

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aSignatureHoldsForTheSameBytesOnly() {
        byte[] signature = pair.sign(bytes("head"), bytes("body"));
        VerifyingKey key = VerifyingKey.of(pair.verifying().bytes());
        assertThat(key.verifies(signature, bytes("head"), bytes("body"))).isTrue();
        assertThat(key.verifies(signature, bytes("headbody"))).isTrue();
        assertThat(key.verifies(signature, bytes("head"), bytes("bodz"))).isFalse();
        assertThat(key.verifies(new byte[64], bytes("headbody"))).isFalse();
        assertThat(key.verifies(new byte[3], bytes("headbody"))).isFalse();
        assertThat(SigningKeyPair.generate().verifying().verifies(signature, bytes("headbody")))
                .isFalse();
    }

    @Test
    void aPairComesBackFromItsBytes() {
        SigningKeyPair again = SigningKeyPair.fromBytes(pair.toBytes());
        assertThat(again.verifying())
                .isEqualTo(pair.verifying())
                .hasSameHashCodeAs(pair.verifying());
        assertThat(pair.verifying().verifies(again.sign(bytes("x")), bytes("x"))).isTrue();
    }

    @Test
    void damagedKeysAreRefused() {
        byte[] cut = java.util.Arrays.copyOf(pair.toBytes(), 40);
        assertThatThrownBy(() -> SigningKeyPair.fromBytes(cut))
                .isInstanceOfSatisfying(
                        FacetException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION));
        assertThatThrownBy(() -> VerifyingKey.of(SealingKeyPair.generate().publicKey()))
                .isInstanceOf(FacetException.class);
    }

    @Test
    void theSecretHalfIsNotPrinted() {
        assertThat(pair.toString()).isEqualTo("SigningKeyPair[" + pair.verifying().keyId() + "]");
    }
}
