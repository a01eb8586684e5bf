package io.facet.edge.capture.javacv;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.presets.avutil.AVERROR_EAGAIN;

import io.facet.edge.capture.CaptureOptions;
import io.facet.edge.capture.FrameBuffer;
import io.facet.edge.capture.FrameClock;
import io.facet.edge.capture.FrameSource;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** Frames of one FFmpeg input; {@link FrameClock} says which are given, and when. */
final class FfmpegSource implements FrameSource {
    private final Demuxer demuxer;
    private final Decoder decoder;
    private final BgrConverter converter;
    private final FrameClock clock;
    private final CaptureOptions options;
    private final AVPacket packet = av_packet_alloc();
    private final AVFrame decoded = av_frame_alloc();
    private final boolean live;
    private boolean draining;
    private boolean decodedSinceRewind;
    private long given;

    private FfmpegSource(
            Demuxer demuxer,
            Decoder decoder,
            FrameClock clock,
            CaptureOptions options,
            boolean live) {
        this.demuxer = demuxer;
        this.decoder = decoder;
        this.converter = new BgrConverter(options.scaleTo());
        this.clock = clock;
        this.options = options;
        this.live = live;
    }

    /**
     * Connects.
     *
     * @throws io.facet.error.FacetException UNAVAILABLE
     */
    static FfmpegSource open(
            FfmpegInput input,
            CaptureOptions options,
            InstantSource wallClock,
            BooleanSupplier cancelled) {
        Demuxer demuxer = Demuxer.open(input, new Interrupt(cancelled), options.openTimeout());
        try {
            Decoder decoder = Decoder.open(demuxer.codec(), options.decodeThreads());
            FrameClock clock =
                    input.live()
                            ? FrameClock.live(wallClock, options)
                            : FrameClock.recorded(wallClock, options, cancelled);
            return new FfmpegSource(demuxer, decoder, clock, options, input.live());
        } catch (RuntimeException failure) {
            demuxer.close();
            throw failure;
        }
    }

    @Override
    public Reading read(FrameBuffer frame) {
        demuxer.interrupt().arm(options.readTimeout());
        while (!demuxer.interrupt().cancelled()) {
            int code = decoder.receive(decoded);
            if (code == AVERROR_EAGAIN()) {
                code = feed();
            } else if (code == AVERROR_EOF() && rewind()) {
                code = 0;
            } else if (code >= 0) {
                decodedSinceRewind = true;
                if (clock.due(demuxer.nanos(decoded.best_effort_timestamp()))) {
                    return give(frame);
                }
            }
            if (code < 0) {
                return over(code);
            }
        }
        return Reading.ENDED;
    }

    /** Whether there is another round; a file without a single picture has none. */
    private boolean rewind() {
        if (live || !options.playback().loop() || !decodedSinceRewind || !demuxer.rewind()) {
            return false;
        }
        decoder.flush();
        clock.rewound();
        draining = false;
        decodedSinceRewind = false;
        return true;
    }

    private Reading give(FrameBuffer frame) {
        try {
            converter.convert(decoded, frame);
        } catch (IllegalArgumentException tooLarge) {
            return new Reading.Failed(
                    tooLarge.getMessage() + " are too large; lower the camera's resolution");
        }
        if (!clock.await()) {
            return Reading.ENDED;
        }
        clock.stamp(frame, given++);
        return Reading.FRAME;
    }

    /** Hands the decoder a packet; a broken one is passed over, as cameras lose some. */
    private int feed() {
        if (draining) {
            return AVERROR_EOF();
        }
        int code = demuxer.read(packet);
        if (code == AVERROR_EOF()) {
            draining = true;
            decoder.drain();
            return 0;
        }
        if (code >= 0 && demuxer.isVideo(packet)) {
            decoder.send(packet);
        }
        av_packet_unref(packet);
        return code;
    }

    private Reading over(int code) {
        if (demuxer.interrupt().cancelled()) {
            return Reading.ENDED;
        }
        if (code == AVERROR_EOF()) {
            return live ? new Reading.Failed("the camera closed the connection") : Reading.ENDED;
        }
        return demuxer.interrupt().expired()
                ? new Reading.Stalled("no picture for " + options.readTimeout().toSeconds() + " s")
                : new Reading.Failed("reading broke off: " + FfmpegFailure.text(code));
    }

    @Override
    public void close() {
        converter.close();
        decoder.close();
        demuxer.close();
        av_packet_free(packet);
        av_frame_free(decoded);
    }
}
