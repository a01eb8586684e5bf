package io.facet.edge.capture.javacv;

import static org.bytedeco.ffmpeg.global.avformat.AVSEEK_FLAG_BACKWARD;
import static org.bytedeco.ffmpeg.global.avformat.av_find_best_stream;
import static org.bytedeco.ffmpeg.global.avformat.av_find_input_format;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_seek_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import io.facet.edge.capture.FrameClock;
import io.facet.error.FacetException;
import java.time.Duration;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.PointerPointer;

/** An open connection and its first video stream. One thread; owns native memory. */
final class Demuxer implements AutoCloseable {
    // AVDISCARD_ALL: streams nobody looks at are not even demuxed.
    private static final int DISCARD_ALL = 48;

    private final Interrupt interrupt;
    private final AVFormatContext context;
    private final int streamIndex;
    private final double nanosPerTick;

    private Demuxer(Interrupt interrupt, AVFormatContext context, int streamIndex) {
        this.interrupt = interrupt;
        this.context = context;
        this.streamIndex = streamIndex;
        AVRational base = context.streams(streamIndex).time_base();
        this.nanosPerTick = 1e9 * base.num() / base.den();
    }

    /**
     * Connects and finds the video; owns the interrupt from now on.
     *
     * @throws FacetException UNAVAILABLE
     */
    static Demuxer open(FfmpegInput input, Interrupt interrupt, Duration timeout) {
        AVFormatContext context = avformat_alloc_context();
        interrupt.watch(context);
        interrupt.arm(timeout);
        try {
            connect(input, context, interrupt, timeout);
            return new Demuxer(interrupt, context, findVideo(context, interrupt, timeout));
        } catch (FacetException failure) {
            // Frees nothing twice: a failed connect has set the context to null.
            avformat_close_input(context);
            interrupt.close();
            throw failure;
        }
    }

    private static void connect(
            FfmpegInput input, AVFormatContext context, Interrupt interrupt, Duration timeout) {
        AVInputFormat format =
                input.format().isEmpty()
                        ? new AVInputFormat(null)
                        : av_find_input_format(input.format());
        try (FfmpegInput.Options options = input.dictionary()) {
            int code = avformat_open_input(context, input.url(), format, options.dictionary());
            if (code < 0) {
                throw failure("cannot be opened", code, interrupt, timeout);
            }
        }
    }

    private static int findVideo(AVFormatContext context, Interrupt interrupt, Duration timeout) {
        int code = avformat_find_stream_info(context, (PointerPointer<?>) null);
        if (code < 0) {
            throw failure("cannot be understood", code, interrupt, timeout);
        }
        int index = av_find_best_stream(context, AVMEDIA_TYPE_VIDEO, -1, -1, (AVCodec) null, 0);
        if (index < 0) {
            throw interrupt.expired()
                    ? failure("sends no video", index, interrupt, timeout)
                    : FfmpegFailure.unavailable(
                            "the source has no video this build can decode; give the address of a"
                                    + " video stream");
        }
        for (int i = 0; i < context.nb_streams(); i++) {
            if (i != index) {
                context.streams(i).discard(DISCARD_ALL);
            }
        }
        return index;
    }

    private static FacetException failure(
            String what, int code, Interrupt interrupt, Duration timeout) {
        return FfmpegFailure.unavailable(
                interrupt.expired()
                        ? "the source did not answer within "
                                + timeout.toSeconds()
                                + " s; check that it is on and can be reached from this box"
                        : "the source " + what + ": " + FfmpegFailure.text(code));
    }

    AVCodecParameters codec() {
        return context.streams(streamIndex).codecpar();
    }

    /** A time of the stream in nanoseconds; {@link FrameClock#NO_TIME} when it has none. */
    long nanos(long ticks) {
        return ticks == AV_NOPTS_VALUE ? FrameClock.NO_TIME : (long) (ticks * nanosPerTick);
    }

    /** Goes back to the first frame; false when the source cannot. */
    boolean rewind() {
        return av_seek_frame(context, streamIndex, 0, AVSEEK_FLAG_BACKWARD) >= 0;
    }

    /** The next packet of the video; FFmpeg's negative code at the end or on failure. */
    int read(AVPacket packet) {
        return av_read_frame(context, packet);
    }

    boolean isVideo(AVPacket packet) {
        return packet.stream_index() == streamIndex;
    }

    Interrupt interrupt() {
        return interrupt;
    }

    @Override
    public void close() {
        avformat_close_input(context);
        interrupt.close();
    }
}
