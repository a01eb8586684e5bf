package io.facet.edge.capture.javacv;

import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_flush_buffers;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_to_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;

import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** Packets to decoded frames, in software. One thread; owns native memory. */
final class Decoder implements AutoCloseable {
    // FF_THREAD_SLICE: threads within a frame; threads across frames would each add a frame of
    // delay.
    private static final int THREADS_WITHIN_A_FRAME = 2;

    private final AVCodecContext context;

    private Decoder(AVCodecContext context) {
        this.context = context;
    }

    static Decoder open(AVCodecParameters parameters, int threads) {
        AVCodec codec = avcodec_find_decoder(parameters.codec_id());
        if (codec == null || codec.isNull()) {
            throw FfmpegFailure.unavailable(
                    "the source's video format cannot be decoded; set the camera to H.264, H.265"
                            + " or MJPEG");
        }
        AVCodecContext context = avcodec_alloc_context3(codec);
        avcodec_parameters_to_context(context, parameters);
        context.thread_count(threads);
        context.thread_type(THREADS_WITHIN_A_FRAME);
        int code = avcodec_open2(context, codec, (AVDictionary) null);
        if (code < 0) {
            avcodec_free_context(context);
            throw FfmpegFailure.unavailable(
                    "the source's video cannot be decoded: " + FfmpegFailure.text(code));
        }
        return new Decoder(context);
    }

    int send(AVPacket packet) {
        return avcodec_send_packet(context, packet);
    }

    /** No more packets: what is still inside comes out. */
    void drain() {
        avcodec_send_packet(context, null);
    }

    /** Forgets what it holds, to begin elsewhere. */
    void flush() {
        avcodec_flush_buffers(context);
    }

    int receive(AVFrame frame) {
        return avcodec_receive_frame(context, frame);
    }

    @Override
    public void close() {
        avcodec_free_context(context);
    }
}
