package io.facet.edge.capture.javacv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facet.edge.capture.javacv.Films.Shown;
import io.facet.edge.clip.ClipCut;
import io.facet.edge.clip.ClipPicture;
import io.facet.error.FacetException;
import io.facet.model.EventId;
import io.facet.model.Jpeg;
import io.facet.vision.image.Image;
import io.facet.vision.image.JpegEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // JUnit sets the folder before the first test
class WebmFilmsIT {
    private static final long PERIOD = 200_000_000;
    private static final EventId EVENT = new EventId(new UUID(1, 1));

    @TempDir private Path folder;

    private final WebmFilms films = new WebmFilms();

    /** Grey that gets brighter from picture to picture. */
    private static ClipPicture picture(int index, long nanos, int width, int height) {
        byte[] bgr = new byte[3 * width * height];
        Arrays.fill(bgr, (byte) (20 + 7 * index));
        Jpeg jpeg = new JpegEncoder(0.75f, Integer.MAX_VALUE).encode(new Image(width, height, bgr));
        return new ClipPicture(nanos, jpeg);
    }

    private static ClipCut cut(List<ClipPicture> pictures) {
        return new ClipCut(EVENT, pictures, Duration.ofNanos(PERIOD));
    }

    private List<Shown> play(List<ClipPicture> pictures) {
        return Films.play(films.film(cut(pictures)), folder);
    }

    @Test
    void aFilmShowsEveryPictureAtItsTime() {
        List<ClipPicture> pictures = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            pictures.add(picture(i, 5_000_000_000L + i * PERIOD, 640, 360));
        }
        List<Shown> shown = play(pictures);
        assertThat(shown).hasSize(30);
        for (int i = 0; i < 30; i++) {
            assertThat(shown.get(i).nanos()).isCloseTo(i * PERIOD, Offset.offset(2_000_000L));
            assertThat(shown.get(i).brightness()).isCloseTo(20 + 7 * i, Offset.offset(8));
            assertThat(shown.get(i).width()).isEqualTo(640);
        }
    }

    @Test
    void aGapInThePicturesIsAGapInTheFilm() {
        List<Shown> shown =
                play(
                        List.of(
                                picture(0, 0, 320, 180),
                                picture(1, PERIOD, 320, 180),
                                picture(2, 9 * PERIOD, 320, 180)));
        assertThat(shown)
                .extracting(s -> Math.round(s.nanos() / 1e9 * 10))
                .containsExactly(0L, 2L, 18L);
    }

    @Test
    void onePictureIsAFilmToo() {
        assertThat(play(List.of(picture(0, 77, 320, 180)))).hasSize(1);
    }

    @Test
    void picturesOfAnotherSizeAreScaledToTheFirst() {
        List<Shown> shown = play(List.of(picture(0, 0, 320, 180), picture(1, PERIOD, 640, 480)));
        assertThat(shown).hasSize(2).allMatch(s -> s.width() == 320 && s.height() == 180);
    }

    @Test
    void aFilmIsWebm() {
        byte[] film = films.film(cut(List.of(picture(0, 0, 320, 180))));
        // EBML's magic, then the document type; an index to seek by.
        assertThat(film).startsWith(0x1a, 0x45, 0xdf, 0xa3);
        String text = new String(film, StandardCharsets.ISO_8859_1);
        assertThat(text).contains("webm", "V_VP8", "\u001cS\u00bbk");
    }

    @Test
    void whatIsNoPictureIsRefused() {
        ClipPicture words = new ClipPicture(0, new Jpeg("words".getBytes(StandardCharsets.UTF_8)));
        assertThatThrownBy(() -> films.film(cut(List.of(words))))
                .isInstanceOf(FacetException.class)
                .hasMessageContaining("picture");
    }
}
