package io.facet.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.facet.model.FaceId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class GalleryDigestTest {
    private final Random random = new Random(7);

    @Property(tries = 50)
    void orderDoesNotMatter(@ForAll @IntRange(min = 0, max = 40) int size, @ForAll long seed) {
        List<Face> faces = faces(size);
        byte[] straight = digest(faces);
        List<Face> shuffled = new ArrayList<>(faces);
        Collections.shuffle(shuffled, new Random(seed));
        assertThat(digest(shuffled)).isEqualTo(straight);
    }

    @Test
    void removingUndoesAdding() {
        GalleryDigest digest = new GalleryDigest();
        List<Face> faces = faces(20);
        faces.forEach(f -> digest.add(f.term()));
        byte[] before = digest.value();
        Face one = faces(1).getFirst();
        digest.add(one.term());
        assertThat(digest.value()).isNotEqualTo(before);
        digest.remove(one.term());
        assertThat(digest.value()).isEqualTo(before);
        faces.forEach(f -> digest.remove(f.term()));
        assertThat(digest.value()).containsOnly(0);
    }

    @Test
    void anotherKeyGivesOtherTerms() {
        Face face = faces(1).getFirst();
        byte[] key = new byte[GalleryTerms.BYTES];
        key[0] = 1;
        assertThat(new GalleryTerms(key).of(face.id, face.person, face.template))
                .hasSize(GalleryTerms.BYTES)
                .isNotEqualTo(face.term());
    }

    private static final class Face {
        private final FaceId id;
        private final byte[] person = new byte[16];
        private final byte[] template = new byte[64];

        Face(Random random) {
            id = new FaceId(new java.util.UUID(random.nextLong(), random.nextLong()));
            random.nextBytes(person);
            random.nextBytes(template);
        }

        byte[] term() {
            return new GalleryTerms(new byte[GalleryTerms.BYTES]).of(id, person, template);
        }
    }

    private List<Face> faces(int n) {
        List<Face> faces = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            faces.add(new Face(random));
        }
        return faces;
    }

    private static byte[] digest(List<Face> faces) {
        GalleryDigest digest = new GalleryDigest();
        faces.forEach(f -> digest.add(f.term()));
        return digest.value();
    }
}
