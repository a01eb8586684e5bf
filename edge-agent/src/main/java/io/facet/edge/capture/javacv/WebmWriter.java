package io.facet.edge.capture.javacv;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_rescale_ts;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_from_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_interleaved_write_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_write_trailer;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_output_context2;
import static org.bytedeco.ffmpeg.global.avformat.avformat_free_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_new_stream;
import static org.bytedeco.ffmpeg.global.avformat.avformat_write_header;
import static org.bytedeco.ffmpeg.global.avformat.avio_close_dyn_buf;
import static org.bytedeco.ffmpeg.global.avformat.avio_open_dyn_buf;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_make_writable;
import static org.bytedeco.ffmpeg.global.avutil.av_free;
import static org.bytedeco.ffmpeg.global.avutil.av_make_q;

import java.time.Duration;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.BytePointer;
import org.jspecify.annotations.Nullable;

/**
 * One film, written to memory only: nothing of it lies on a disk in the clear. One thread; owns
 * native memory.
 */
final class WebmWriter implements AutoCloseable {
    private static final int MILLIS_PER_SECOND = 1000;

    /** 460 kbit/s at 640 x 360. */
    private static final double BITS_PER_PIXEL_SECOND = 2;

    private static final int SECONDS_BETWEEN_KEYS = 1;

    private final YuvConverter converter;
    private final AVFrame frame = av_frame_alloc();
    private final AVPacket packet = av_packet_alloc();
    private final AVFormatContext format = new AVFormatContext(null);
    private final AVIOContext memory = new AVIOContext(null);
    private final AVRational millis = av_make_q(1, MILLIS_PER_SECOND);
    private final AVCodecContext codec;
    private final AVStream stream;
    private boolean finished;

    WebmWriter(int width, int height, Duration period) {
        this.converter = new YuvConverter(width, height);
        this.codec = encoder(width, height, period);
        frame.format(AV_PIX_FMT_YUV420P);
        frame.width(width);
        frame.height(height);
        check(av_frame_get_buffer(frame, 0));
        check(avformat_alloc_output_context2(format, null, "webm", (String) null));
        this.stream = avformat_new_stream(format, null);
        check(avcodec_parameters_from_context(stream.codecpar(), codec));
        stream.time_base(millis);
        check(avio_open_dyn_buf(memory));
        format.pb(memory);
        check(avformat_write_header(format, (AVDictionary) null));
    }

    private AVCodecContext encoder(int width, int height, Duration period) {
        AVCodec vp8 = avcodec_find_encoder_by_name("libvpx");
        if (vp8 == null || vp8.isNull()) {
            throw FfmpegFailure.unavailable("this FFmpeg makes no VP8");
        }
        AVCodecContext context = avcodec_alloc_context3(vp8);
        context.width(width);
        context.height(height);
        context.pix_fmt(AV_PIX_FMT_YUV420P);
        context.time_base(millis);
        context.bit_rate((long) (BITS_PER_PIXEL_SECOND * width * height));
        context.gop_size(
                (int) Math.max(1, SECONDS_BETWEEN_KEYS * MILLIS_PER_SECOND / period.toMillis()));
        context.thread_count(1);
        AVDictionary options = new AVDictionary(null);
        av_dict_set(options, "deadline", "realtime", 0);
        av_dict_set(options, "cpu-used", "6", 0);
        int code = avcodec_open2(context, vp8, options);
        av_dict_free(options);
        check(code);
        return context;
    }

    /**
     * Adds a picture; one of another size is scaled to that of the first.
     *
     * @param at milliseconds from the beginning
     * @param shown milliseconds until the next
     */
    void write(AVFrame picture, long at, long shown) {
        check(av_frame_make_writable(frame));
        converter.convert(picture, frame);
        frame.pts(at);
        frame.duration(shown);
        check(avcodec_send_frame(codec, frame));
        drain(shown);
    }

    private void drain(long shown) {
        while (avcodec_receive_packet(codec, packet) >= 0) {
            packet.duration(shown);
            packet.stream_index(stream.index());
            av_packet_rescale_ts(packet, millis, stream.time_base());
            check(av_interleaved_write_frame(format, packet));
        }
    }

    /** The whole film, with its length and an index to seek by. */
    byte[] finish() {
        check(avcodec_send_frame(codec, (@Nullable AVFrame) null));
        drain(0);
        check(av_write_trailer(format));
        return closeMemory();
    }

    private byte[] closeMemory() {
        finished = true;
        BytePointer bytes = new BytePointer((BytePointer) null);
        int size = avio_close_dyn_buf(memory, bytes);
        byte[] film = new byte[size];
        bytes.position(0).get(film);
        av_free(bytes);
        return film;
    }

    private static void check(int code) {
        FfmpegFailure.check(code, "a film cannot be written");
    }

    @Override
    public void close() {
        if (!finished) {
            closeMemory();
        }
        avformat_free_context(format);
        avcodec_free_context(codec);
        av_packet_free(packet);
        av_frame_free(frame);
        converter.close();
    }
}
