package io.facet.edge.up;

import io.facet.edge.capture.CaptureOptions;
import io.facet.edge.capture.CaptureOptions.Playback;
import io.facet.edge.capture.FrameBuffer;
import io.facet.edge.capture.FrameSource;
import io.facet.edge.capture.FrameSource.Reading;
import io.facet.edge.capture.SourceFactory;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.model.CameraSource;
import io.facet.model.Jpeg;
import io.facet.vision.image.JpegEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Takes still pictures out of a clip, or a picture as it is. One thread. */
final class Stills {
    private static final double PER_SECOND = 1;
    private static final int MOST = 40;

    private final SourceFactory sources;
    private final JpegEncoder jpeg = new JpegEncoder(0.95f, 1920);

    Stills(SourceFactory sources) {
        this.sources = sources;
    }

    /** The picture itself; of a clip, one still a second of its own time, 40 at most. */
    List<Jpeg> of(Path portrait) {
        if (portrait.toString().endsWith(".jpg")) {
            return List.of(read(portrait));
        }
        List<Jpeg> stills = new ArrayList<>();
        FrameBuffer frame = new FrameBuffer();
        try (FrameSource source = open(portrait)) {
            while (stills.size() < MOST && source.read(frame) instanceof Reading.Frame) {
                stills.add(jpeg.encode(frame.image()));
            }
        }
        return stills;
    }

    /** Whether a file is a clip with at least one picture in it. */
    boolean playable(Path clip) {
        try (FrameSource source = open(clip)) {
            return source.read(new FrameBuffer()) instanceof Reading.Frame;
        } catch (FacetException broken) {
            return false;
        }
    }

    private FrameSource open(Path clip) {
        CaptureOptions options =
                CaptureOptions.DEFAULT
                        .withPlayback(Playback.ONCE_FAST)
                        .withMaxFrameRate(PER_SECOND);
        return sources.opener(new CameraSource.Stream(clip.toUri()), options).open(() -> false);
    }

    private static Jpeg read(Path picture) {
        try {
            return new Jpeg(Files.readAllBytes(picture));
        } catch (IOException unreadable) {
            throw new FacetException(
                    ErrorCode.UNAVAILABLE,
                    "the picture " + picture + " cannot be read",
                    unreadable);
        }
    }
}
