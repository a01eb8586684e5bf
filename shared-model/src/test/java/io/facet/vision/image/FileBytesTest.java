package io.facet.vision.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.EOFException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class FileBytesTest {
    @Test
    void readsForwardsAndFromAnywhere() throws IOException {
        try (FileBytes file = new FileBytes(new byte[] {1, 2, 3, (byte) 0xFF})) {
            assertThat(file.length()).isEqualTo(4);
            assertThat(file.read()).isEqualTo(1);
            byte[] two = new byte[2];
            assertThat(file.read(two, 0, 2)).isEqualTo(2);
            assertThat(two).containsExactly(2, 3);
            assertThat(file.readUnsignedByte()).isEqualTo(0xFF);
            assertThat(file.read()).isEqualTo(-1);
            assertThat(file.read(two, 0, 2)).isEqualTo(-1);
            file.seek(1);
            assertThat(file.readShort()).isEqualTo((short) 0x0203);
        }
    }

    /** A reader that runs into it for every pixel does not walk its stack each time. */
    @Test
    void itsEndHasNoStack() throws IOException {
        try (FileBytes file = new FileBytes(new byte[0])) {
            Throwable end = catchThrowable(file::readByte);
            assertThat(end).isInstanceOf(EOFException.class);
            assertThat(end.getStackTrace()).isEmpty();
        }
    }
}
