package io.facet.edge.up;

import io.facet.edge.capture.CaptureOptions;
import io.facet.edge.capture.CaptureOptions.Playback;
import io.facet.edge.capture.FrameBuffer;
import io.facet.edge.capture.FrameSource;
import io.facet.edge.capture.FrameSource.Reading;
import io.facet.edge.capture.SourceFactory;
import io.facet.model.CameraSource;
import io.facet.model.Jpeg;
import io.facet.vision.image.JpegEncoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Takes still pictures out of a clip. One thread. */
final class Stills {
    private static final double PER_SECOND = 1;
    private static final int MOST = 40;

    private final SourceFactory sources;
    private final JpegEncoder jpeg = new JpegEncoder(0.95f, 1920);

    Stills(SourceFactory sources) {
        this.sources = sources;
    }

    /** One still a second of the clip's own time, 40 at most. */
    List<Jpeg> of(Path clip) {
        CaptureOptions options =
                CaptureOptions.DEFAULT
                        .withPlayback(Playback.ONCE_FAST)
                        .withMaxFrameRate(PER_SECOND);
        List<Jpeg> stills = new ArrayList<>();
        FrameBuffer frame = new FrameBuffer();
        try (FrameSource source =
                sources.opener(new CameraSource.Stream(clip.toUri()), options).open(() -> false)) {
            while (stills.size() < MOST && source.read(frame) instanceof Reading.Frame) {
                stills.add(jpeg.encode(frame.image()));
            }
        }
        return stills;
    }
}
