package io.facet.hub.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facet.config.Secret;
import io.facet.error.FacetException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SealedFileTest {
    private static final BackupKey KEY = new BackupKey.FileKey(new byte[32]);

    private static byte[] sealed(byte[] plain, BackupKey key) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = SealedFile.writer(bytes, key, new SecureRandom())) {
            out.write(plain);
        }
        return bytes.toByteArray();
    }

    private static byte[] opened(byte[] sealed, BackupKey key) throws IOException {
        return SealedFile.reader(new ByteArrayInputStream(sealed), key).readAllBytes();
    }

    private static byte[] plain(int length) {
        byte[] plain = new byte[length];
        new Random(length).nextBytes(plain);
        return plain;
    }

    @Test
    void everyLengthComesBack() throws IOException {
        for (int length :
                new int[] {
                    0,
                    1,
                    SealedFile.PIECE - 1,
                    SealedFile.PIECE,
                    SealedFile.PIECE + 1,
                    3 * SealedFile.PIECE
                }) {
            assertThat(opened(sealed(plain(length), KEY), KEY)).isEqualTo(plain(length));
        }
    }

    @Test
    void aPassphraseOpensWhatItClosedAndNoOtherDoes() throws IOException {
        BackupKey right = new BackupKey.Passphrase(new Secret("a rather long phrase"));
        BackupKey wrong = new BackupKey.Passphrase(new Secret("another long phrase"));
        byte[] sealed = sealed(plain(100), right);
        assertThat(opened(sealed, right)).isEqualTo(plain(100));
        assertThatThrownBy(() -> opened(sealed, wrong)).isInstanceOf(FacetException.class);
        assertThatThrownBy(() -> opened(sealed, KEY))
                .isInstanceOf(FacetException.class)
                .hasMessageContaining("passphrase");
    }

    @Test
    void whatWasChangedSwappedOrCutOffDoesNotOpen() throws IOException {
        byte[] sealed = sealed(plain(3 * SealedFile.PIECE), KEY);
        for (int at : new int[] {9, 30, 1000, SealedFile.PIECE + 500, sealed.length - 1}) {
            byte[] changed = sealed.clone();
            changed[at] ^= 1;
            assertThatThrownBy(() -> opened(changed, KEY)).isInstanceOf(FacetException.class);
        }
        int piece = SealedFile.PIECE + 20;
        int head = 25;
        byte[] swapped = sealed.clone();
        System.arraycopy(sealed, head, swapped, head + piece, piece);
        System.arraycopy(sealed, head + piece, swapped, head, piece);
        assertThatThrownBy(() -> opened(swapped, KEY)).isInstanceOf(FacetException.class);
        for (int length : new int[] {head, head + piece, head + 2 * piece, sealed.length - 1}) {
            assertThatThrownBy(() -> opened(Arrays.copyOf(sealed, length), KEY))
                    .isInstanceOf(FacetException.class);
        }
    }
}
