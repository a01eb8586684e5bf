package io.facet.edge.capture.javacv;

import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_UNSPECIFIED;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_BGR24;
import static org.bytedeco.ffmpeg.global.swscale.SWS_BILINEAR;
import static org.bytedeco.ffmpeg.global.swscale.SWS_CS_ITU601;
import static org.bytedeco.ffmpeg.global.swscale.SWS_CS_ITU709;
import static org.bytedeco.ffmpeg.global.swscale.sws_freeContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getCachedContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getCoefficients;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale;
import static org.bytedeco.ffmpeg.global.swscale.sws_setColorspaceDetails;

import io.facet.edge.capture.CaptureOptions.Size;
import io.facet.edge.capture.FrameBuffer;
import java.util.Optional;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.ffmpeg.swscale.SwsFilter;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * Decoded frames to packed BGR: swscale writes into a native buffer that is kept, from which the
 * pixels are copied to the heap once. One thread; owns native memory.
 */
final class BgrConverter implements AutoCloseable {
    // swscale's vector code may write a little past the last row.
    private static final int SLACK = 64;
    private static final int HD_HEIGHT = 720;

    private final Optional<Size> scaleTo;
    private final PointerPointer<BytePointer> planes = new PointerPointer<>(4);
    private final IntPointer strides = new IntPointer(4);
    private SwsContext context = new SwsContext(null);
    private BytePointer pixels = new BytePointer();
    private int width;
    private int height;
    private int sourceWidth;
    private int sourceHeight;
    private int sourceFormat = Integer.MIN_VALUE;

    BgrConverter(Optional<Size> scaleTo) {
        this.scaleTo = scaleTo;
    }

    /**
     * Writes the frame's pixels into the buffer.
     *
     * @throws IllegalArgumentException for a frame larger than a {@link FrameBuffer} takes
     */
    void convert(AVFrame frame, FrameBuffer target) {
        if (frame.width() != sourceWidth
                || frame.height() != sourceHeight
                || frame.format() != sourceFormat) {
            adapt(frame);
        }
        byte[] bgr = target.prepare(width, height);
        sws_scale(context, frame.data(), frame.linesize(), 0, sourceHeight, planes, strides);
        pixels.get(bgr, 0, width * height * 3);
    }

    /** Cameras may change size in mid-stream. */
    private void adapt(AVFrame frame) {
        int newWidth = scaleTo.map(Size::width).orElse(frame.width());
        int newHeight = scaleTo.map(Size::height).orElse(frame.height());
        if ((long) newWidth * newHeight > FrameBuffer.MAX_PIXELS) {
            throw new IllegalArgumentException("frames of " + newWidth + " x " + newHeight);
        }
        context =
                sws_getCachedContext(
                        context,
                        frame.width(),
                        frame.height(),
                        frame.format(),
                        newWidth,
                        newHeight,
                        AV_PIX_FMT_BGR24,
                        SWS_BILINEAR,
                        (SwsFilter) null,
                        (SwsFilter) null,
                        (DoublePointer) null);
        setColours(frame);
        pixels.close();
        pixels = new BytePointer((long) newWidth * newHeight * 3 + SLACK);
        planes.put(0, pixels);
        strides.put(0, newWidth * 3);
        width = newWidth;
        height = newHeight;
        sourceWidth = frame.width();
        sourceHeight = frame.height();
        sourceFormat = frame.format();
    }

    /** Matrix and range as the stream says; HD without a word is BT.709, as players take it. */
    private void setColours(AVFrame frame) {
        int space = frame.colorspace();
        boolean hd =
                space == AVCOL_SPC_BT709
                        || (space == AVCOL_SPC_UNSPECIFIED && frame.height() >= HD_HEIGHT);
        IntPointer matrix = sws_getCoefficients(hd ? SWS_CS_ITU709 : SWS_CS_ITU601);
        int fullRange = frame.color_range() == AVCOL_RANGE_JPEG ? 1 : 0;
        int one = 1 << 16;
        sws_setColorspaceDetails(context, matrix, fullRange, matrix, 1, 0, one, one);
    }

    @Override
    public void close() {
        sws_freeContext(context);
        pixels.close();
        planes.close();
        strides.close();
    }
}
