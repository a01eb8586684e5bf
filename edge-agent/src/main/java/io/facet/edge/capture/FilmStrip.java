package io.facet.edge.capture;

import io.facet.edge.capture.CaptureOptions.Size;
import io.facet.vision.image.Image;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Pictures side by side, all of one height, endlessly repeated, of which a window is drawn. The
 * window moves to the right only. One thread.
 */
final class FilmStrip {
    private static final byte BACKGROUND = 96;

    private final int count;
    private final IntFunction<Image> load;
    private final Size window;
    private final int gap;
    private final List<Panel> inView = new ArrayList<>();
    private long rightEnd;
    private int loaded;
    private long endOfFirstRound = Long.MAX_VALUE;

    private record Panel(long left, Image image) {
        long right() {
            return left + image.width();
        }
    }

    /**
     * A strip that loads pictures as they come into view.
     *
     * @param load gives picture 0 to count - 1
     */
    FilmStrip(int count, IntFunction<Image> load, Size window) {
        this.count = count;
        this.load = load;
        this.window = window;
        this.gap = window.width() / 8;
        this.rightEnd = gap;
    }

    /** Whether every picture has been in view and left it, with the window's left edge at x. */
    boolean isPast(long x) {
        return x > endOfFirstRound;
    }

    /** Draws the window whose left edge is at {@code x} as packed BGR; x never falls. */
    void draw(long x, byte[] bgr) {
        inView.removeIf(panel -> panel.right() < x);
        while (rightEnd < x + window.width()) {
            hang();
        }
        Arrays.fill(bgr, 0, window.width() * window.height() * 3, BACKGROUND);
        for (Panel panel : inView) {
            copy(panel, x, bgr);
        }
    }

    private void hang() {
        Image image = toHeight(load.apply(loaded % count), window.height());
        Panel panel = new Panel(rightEnd, image);
        inView.add(panel);
        rightEnd = panel.right() + gap;
        loaded++;
        if (loaded == count) {
            endOfFirstRound = panel.right();
        }
    }

    private void copy(Panel panel, long x, byte[] bgr) {
        int from = (int) Math.max(0, x - panel.left());
        int to = (int) Math.min(panel.image().width(), x + window.width() - panel.left());
        int at = (int) Math.max(0, panel.left() - x);
        for (int y = 0; y < window.height() && to > from; y++) {
            System.arraycopy(
                    panel.image().bgr(),
                    3 * (y * panel.image().width() + from),
                    bgr,
                    3 * (y * window.width() + at),
                    3 * (to - from));
        }
    }

    /** Bilinear; pixel centres at half numbers. */
    private static Image toHeight(Image image, int height) {
        float step = (float) image.height() / height;
        int width = Math.max(1, Math.round(image.width() / step));
        byte[] bgr = new byte[3 * width * height];
        for (int y = 0; y < height; y++) {
            float sy = Math.clamp((y + 0.5f) * step - 0.5f, 0, image.height() - 1);
            for (int x = 0; x < width; x++) {
                float sx = Math.clamp((x + 0.5f) * step - 0.5f, 0, image.width() - 1);
                blend(image, sx, sy, bgr, 3 * (y * width + x));
            }
        }
        return new Image(width, height, bgr);
    }

    private static void blend(Image image, float sx, float sy, byte[] out, int at) {
        int left = (int) sx;
        int top = (int) sy;
        int right = Math.min(left + 1, image.width() - 1);
        int bottom = Math.min(top + 1, image.height() - 1);
        float fx = sx - left;
        float fy = sy - top;
        byte[] in = image.bgr();
        for (int c = 0; c < 3; c++) {
            float upper = mix(in, image.width(), left, right, top, c, fx);
            float lower = mix(in, image.width(), left, right, bottom, c, fx);
            out[at + c] = (byte) Math.round(upper + (lower - upper) * fy);
        }
    }

    private static float mix(
            byte[] in, int width, int left, int right, int row, int channel, float share) {
        float a = in[3 * (row * width + left) + channel] & 0xff;
        float b = in[3 * (row * width + right) + channel] & 0xff;
        return a + (b - a) * share;
    }
}
