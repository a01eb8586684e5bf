package io.facet.edge.camera;

import io.facet.edge.camera.LiveView.Face;
import io.facet.model.Box;
import io.facet.model.CameraId;
import io.facet.model.Region;
import io.facet.vision.image.Image;
import io.facet.vision.image.JpegEncoder;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Scales a frame down, draws faces and names, encodes. One thread at a time. */
final class LivePainter {
    private static final Logger LOG = LoggerFactory.getLogger(LivePainter.class);
    private static final Color KNOWN = new Color(0x2e, 0xcc, 0x71);
    private static final Color UNKNOWN = new Color(0xf3, 0x9c, 0x12);
    private static final float JPEG_QUALITY = 0.75f;
    private static final int LEAST_WIDTH = 64;
    private static final int FONT_SIZE = 14;
    private static final int PADDING = 3;

    /** A frame as it was taken, and who is in it. */
    record Shot(CameraId camera, Instant at, Image image, List<Face> faces) {}

    private final JpegEncoder encoder = new JpegEncoder(JPEG_QUALITY, Integer.MAX_VALUE);
    private final Optional<Font> font = font();

    /** A bare machine may have no fonts at all: boxes are drawn all the same. */
    private static Optional<Font> font() {
        try {
            Font font = new Font(Font.SANS_SERIF, Font.BOLD, FONT_SIZE);
            BufferedImage probe = new BufferedImage(8, 8, BufferedImage.TYPE_3BYTE_BGR);
            Graphics2D pen = probe.createGraphics();
            pen.setFont(font);
            pen.getFontMetrics().stringWidth("x");
            pen.dispose();
            return Optional.of(font);
        } catch (RuntimeException | InternalError | LinkageError noFonts) {
            LOG.info("no fonts on this box: live pictures show boxes without names");
            return Optional.empty();
        }
    }

    /**
     * A picture for a viewer.
     *
     * @param masks blackened: what a camera shall not look at, nobody looks at through it
     */
    LiveView.Picture paint(Shot shot, List<Region> masks, LiveView.Wish wish) {
        Image frame = shot.image();
        List<Face> faces = shot.faces();
        float scale = Math.min(1, (float) Math.max(LEAST_WIDTH, wish.maxWidth()) / frame.width());
        BufferedImage picture = scaled(frame, scale);
        blacken(picture, masks);
        List<Face> there = faces.stream().map(face -> scaled(face, scale)).toList();
        if (wish.overlay()) {
            draw(picture, there);
        }
        Image image = new Image(picture.getWidth(), picture.getHeight(), bytes(picture));
        return new LiveView.Picture(
                shot.camera(),
                shot.at(),
                image.width(),
                image.height(),
                encoder.encode(image),
                there,
                wish.overlay());
    }

    /** Paints over what the masks cover. */
    static void blacken(BufferedImage picture, List<Region> masks) {
        if (masks.isEmpty()) {
            return;
        }
        Graphics2D pen = picture.createGraphics();
        pen.setColor(Color.BLACK);
        for (Region mask : masks) {
            Path2D outline = new Path2D.Float(Path2D.WIND_EVEN_ODD);
            for (Region.Corner corner : mask.corners()) {
                float x = corner.x() * picture.getWidth();
                float y = corner.y() * picture.getHeight();
                if (outline.getCurrentPoint() == null) {
                    outline.moveTo(x, y);
                } else {
                    outline.lineTo(x, y);
                }
            }
            outline.closePath();
            pen.fill(outline);
        }
        pen.dispose();
    }

    private static byte[] bytes(BufferedImage image) {
        return ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    }

    private static BufferedImage scaled(Image frame, float scale) {
        int width = Math.max(1, Math.round(frame.width() * scale));
        int height = Math.max(1, Math.round(frame.height() * scale));
        BufferedImage whole =
                new BufferedImage(frame.width(), frame.height(), BufferedImage.TYPE_3BYTE_BGR);
        byte[] to = bytes(whole);
        System.arraycopy(frame.bgr(), 0, to, 0, to.length);
        if (width == frame.width()) {
            return whole;
        }
        BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D pen = small.createGraphics();
        pen.setRenderingHint(
                RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        pen.drawImage(whole, 0, 0, width, height, null);
        pen.dispose();
        return small;
    }

    private static Face scaled(Face face, float scale) {
        return new Face(
                face.box().scaled(scale, 0, 0),
                face.track(),
                face.person(),
                face.name(),
                face.confidence());
    }

    private void draw(BufferedImage picture, List<Face> faces) {
        Graphics2D pen = picture.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.setStroke(new BasicStroke(2));
        for (Face face : faces) {
            Color colour = face.person().isPresent() ? KNOWN : UNKNOWN;
            Box box = face.box();
            pen.setColor(colour);
            pen.drawRect(
                    Math.round(box.x()),
                    Math.round(box.y()),
                    Math.round(box.width()),
                    Math.round(box.height()));
            font.filter(f -> !face.name().isEmpty()).ifPresent(f -> label(pen, f, face, colour));
        }
        pen.dispose();
    }

    private static void label(Graphics2D pen, Font font, Face face, Color colour) {
        pen.setFont(font);
        String text = String.format(Locale.ROOT, "%s %.2f", face.name(), face.confidence());
        int width = pen.getFontMetrics().stringWidth(text) + 2 * PADDING;
        int height = pen.getFontMetrics().getHeight();
        int left = Math.round(face.box().x());
        int top = Math.max(0, Math.round(face.box().y()) - height);
        pen.setColor(colour);
        pen.fillRect(left, top, width, height);
        pen.setColor(Color.BLACK);
        pen.drawString(text, left + PADDING, top + pen.getFontMetrics().getAscent());
    }
}
