package io.facet.edge.capture.javacv;

import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.swscale.SWS_BILINEAR;
import static org.bytedeco.ffmpeg.global.swscale.SWS_CS_ITU601;
import static org.bytedeco.ffmpeg.global.swscale.sws_freeContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getCachedContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getCoefficients;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale;
import static org.bytedeco.ffmpeg.global.swscale.sws_setColorspaceDetails;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.ffmpeg.swscale.SwsFilter;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;

/** Frames of JPEG files, of whatever form, to the one that VP8 takes. One thread. */
final class YuvConverter implements AutoCloseable {
    private final int width;
    private final int height;
    private SwsContext context = new SwsContext(null);

    YuvConverter(int width, int height) {
        this.width = width;
        this.height = height;
    }

    /** Writes the pixels of one into the other. */
    void convert(AVFrame from, AVFrame to) {
        context =
                sws_getCachedContext(
                        context,
                        from.width(),
                        from.height(),
                        from.format(),
                        width,
                        height,
                        AV_PIX_FMT_YUV420P,
                        SWS_BILINEAR,
                        (SwsFilter) null,
                        (SwsFilter) null,
                        (DoublePointer) null);
        // JPEG is BT.601 of the full range; players take VP8 for BT.601 of the narrow one.
        IntPointer matrix = sws_getCoefficients(SWS_CS_ITU601);
        int full = from.color_range() == AVCOL_RANGE_JPEG ? 1 : 0;
        int one = 1 << 16;
        sws_setColorspaceDetails(context, matrix, full, matrix, 0, 0, one, one);
        sws_scale(
                context, from.data(), from.linesize(), 0, from.height(), to.data(), to.linesize());
    }

    @Override
    public void close() {
        sws_freeContext(context);
    }
}
