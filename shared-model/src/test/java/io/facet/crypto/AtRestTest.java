package io.facet.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facet.error.FacetException;
import java.security.SecureRandom;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class AtRestTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private final AtRest atRest = new AtRest(AtRest.newKey(RANDOM), RANDOM);

    @Property(tries = 200)
    void whatIsSealedOpens(@ForAll byte[] plain, @ForAll byte[] context) {
        assertThat(atRest.open(atRest.seal(plain, context), context)).isEqualTo(plain);
    }

    @Property(tries = 200)
    void anyChangedBitIsNoticed(@ForAll byte[] plain, @ForAll int where) {
        byte[] context = "row 1".getBytes(UTF_8);
        byte[] sealed = atRest.seal(plain, context);
        int bit = Math.floorMod(where, sealed.length * 8);
        sealed[bit / 8] ^= (byte) (1 << (bit % 8));
        assertThatThrownBy(() -> atRest.open(sealed, context)).isInstanceOf(FacetException.class);
    }

    @Test
    void aCiphertextBelongsToItsContextAndKey() {
        byte[] sealed = atRest.seal("secret".getBytes(UTF_8), "row 1".getBytes(UTF_8));
        AtRest other = new AtRest(AtRest.newKey(RANDOM), RANDOM);
        assertThatThrownBy(() -> atRest.open(sealed, "row 2".getBytes(UTF_8)))
                .isInstanceOf(FacetException.class)
                .hasMessageContaining("key");
        assertThatThrownBy(() -> other.open(sealed, "row 1".getBytes(UTF_8)))
                .isInstanceOf(FacetException.class);
    }

    @Test
    void equalPlaintextsGiveDifferentCiphertexts() {
        byte[] plain = "secret".getBytes(UTF_8);
        assertThat(atRest.seal(plain, plain)).isNotEqualTo(atRest.seal(plain, plain));
    }

    @Test
    void cutCiphertextsAreRefused() {
        byte[] sealed = atRest.seal(new byte[40], new byte[0]);
        for (int length = 0; length < sealed.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(sealed, length);
            assertThatThrownBy(() -> atRest.open(cut, new byte[0]))
                    .isInstanceOf(FacetException.class);
        }
    }

    /** RFC 5869, test case 3, with its empty salt and info, cut to 32 bytes. */
    @Test
    void derivationIsHkdfSha256() {
        byte[] ikm = HexFormat.of().parseHex("0b".repeat(22));
        assertThat(HexFormat.of().formatHex(AtRest.derive(ikm, "")))
                .isEqualTo("8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d");
    }

    @Test
    void purposesGiveDifferentKeys() {
        byte[] master = AtRest.newKey(RANDOM);
        assertThat(AtRest.derive(master, "a")).isNotEqualTo(AtRest.derive(master, "b"));
    }
}
