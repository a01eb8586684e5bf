package io.facet.edge.capture.javacv;

import io.facet.edge.clip.ClipCut;
import io.facet.edge.clip.ClipPicture;
import io.facet.edge.clip.FilmMaker;
import java.time.Duration;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * Films as WebM with VP8: every browser plays it, and libvpx, which comes with FFmpeg, may be used
 * freely, unlike encoders of H.264. Times are those of the pictures, so a film with gaps keeps
 * them. Thread-safe.
 */
public final class WebmFilms implements FilmMaker {
    private static final long NANOS_PER_MILLI = 1_000_000;

    @Override
    public byte[] film(ClipCut cut) {
        try (PictureDecoder pictures = new PictureDecoder()) {
            ClipPicture first = cut.pictures().getFirst();
            AVFrame opening = pictures.decode(first.jpeg().bytes());
            try (WebmWriter film =
                    new WebmWriter(opening.width(), opening.height(), cut.period())) {
                for (int i = 0; i < cut.pictures().size(); i++) {
                    ClipPicture picture = cut.pictures().get(i);
                    film.write(
                            pictures.decode(picture.jpeg().bytes()),
                            (picture.nanos() - first.nanos()) / NANOS_PER_MILLI,
                            shown(cut, i));
                }
                return film.finish();
            }
        }
    }

    /** Milliseconds until the next picture. */
    private static long shown(ClipCut cut, int index) {
        if (index + 1 == cut.pictures().size()) {
            return cut.period().toMillis();
        }
        long now = cut.pictures().get(index).nanos();
        return Duration.ofNanos(cut.pictures().get(index + 1).nanos() - now).toMillis();
    }
}
