package io.facet.eval;

import io.facet.eval.Verification.RocPoint;
import java.util.List;
import java.util.Locale;

/** Draws a ROC curve as a self-contained SVG: FAR on a logarithmic axis, TAR on a linear one. */
public final class RocPlot {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 480;
    private static final int LEFT = 64;
    private static final int TOP = 48;
    private static final int RIGHT = WIDTH - 24;
    private static final int BOTTOM = HEIGHT - 56;

    private final int decades;
    private final double lowest;
    private final StringBuilder svg = new StringBuilder();

    private RocPlot(int decades, double lowest) {
        this.decades = decades;
        this.lowest = lowest;
    }

    /**
     * The picture.
     *
     * @param points from low to high FAR
     * @param caption one line below the title
     */
    public static String svg(List<RocPoint> points, String title, String caption) {
        double smallest =
                points.stream().mapToDouble(RocPoint::far).filter(f -> f > 0).min().orElse(0.1);
        double worst = points.getFirst().tar();
        RocPlot plot =
                new RocPlot(
                        (int) Math.max(1, Math.ceil(-Math.log10(smallest) - 1e-9)),
                        worst >= 0.9 ? 0.9 : worst >= 0.5 ? 0.5 : 0);
        plot.frame(title, caption);
        plot.curve(points);
        return plot.svg.append("</svg>\n").toString();
    }

    private void frame(String title, String caption) {
        svg.append(
                """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" \
                font-family="system-ui, sans-serif" font-size="12">
                <title>%s</title>
                <rect width="100%%" height="100%%" fill="#ffffff"/>
                """
                        .formatted(WIDTH, HEIGHT, escape(title)));
        text(LEFT, 20, "start", "#111827", escape(title), 16);
        text(LEFT, 37, "start", "#4b5563", escape(caption), 12);
        for (int d = -decades; d <= 0; d++) {
            double x = x(Math.pow(10, d));
            line(x, TOP, x, BOTTOM);
            text(x, BOTTOM + 18, "middle", "#374151", percent(Math.pow(10, d)), 12);
        }
        for (int i = 0; i <= 5; i++) {
            double tar = lowest + (1 - lowest) * i / 5;
            line(LEFT, y(tar), RIGHT, y(tar));
            text(LEFT - 8, y(tar) + 4, "end", "#374151", percent(tar), 12);
        }
        text((LEFT + RIGHT) / 2.0, HEIGHT - 14, "middle", "#111827", "false accept rate (FAR)", 13);
        svg.append(
                "<text transform=\"translate(16 %d) rotate(-90)\" text-anchor=\"middle\" fill=\"#111827\" font-size=\"13\">true accept rate (TAR)</text>%n"
                        .formatted((TOP + BOTTOM) / 2));
    }

    /** A step curve: between two numbers of false accepts nothing is interpolated. */
    private void curve(List<RocPoint> points) {
        StringBuilder path = new StringBuilder();
        double lastY = y(points.getFirst().tar());
        path.append(String.format(Locale.ROOT, "M%d %.1f", LEFT, lastY));
        for (RocPoint point : points) {
            double y = y(point.tar());
            if (y != lastY) {
                path.append(String.format(Locale.ROOT, "H%.1fV%.1f", x(point.far()), y));
                lastY = y;
            }
        }
        path.append("H").append(RIGHT);
        svg.append(
                "<path d=\"%s\" fill=\"none\" stroke=\"#2563eb\" stroke-width=\"2\"/>%n"
                        .formatted(path));
    }

    private double x(double far) {
        double share = 1 + Math.log10(Math.max(far, Math.pow(10, -decades))) / decades;
        return LEFT + share * (RIGHT - LEFT);
    }

    private double y(double tar) {
        return BOTTOM - (Math.max(tar, lowest) - lowest) / (1 - lowest) * (BOTTOM - TOP);
    }

    private void line(double x1, double y1, double x2, double y2) {
        svg.append(
                String.format(
                        Locale.ROOT,
                        "<path d=\"M%.1f %.1fL%.1f %.1f\" stroke=\"#e5e7eb\"/>%n",
                        x1,
                        y1,
                        x2,
                        y2));
    }

    private void text(double x, double y, String anchor, String fill, String text, int size) {
        svg.append(
                String.format(
                        Locale.ROOT,
                        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"%s\" font-size=\"%d\">%s</text>%n",
                        x,
                        y,
                        anchor,
                        fill,
                        size,
                        text));
    }

    private static String percent(double share) {
        String text = String.format(Locale.ROOT, "%.4f", share * 100);
        return text.replaceAll("\\.?0+$", "") + " %";
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
