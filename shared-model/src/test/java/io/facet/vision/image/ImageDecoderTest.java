package io.facet.vision.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ImageDecoderTest {
    private static final String LOSSY_WEBP =
            "UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA";
    private static final String LOSSLESS_WEBP = "UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==";
    private static final int TOLERANCE = 12;

    private final ImageDecoder decoder = new ImageDecoder(1 << 20, 1 << 20);

    @ParameterizedTest
    @ValueSource(strings = {"jpeg", "png", "bmp", "gif"})
    void keepsTheColoursOfTheFourQuarters(String format) {
        Image image = decoder.decode(TestPictures.file(format));

        assertThat(image.width()).isEqualTo(TestPictures.WIDTH);
        assertThat(image.height()).isEqualTo(TestPictures.HEIGHT);
        assertColours(image, Color.RED, Color.GREEN, Color.BLUE, Color.WHITE);
    }

    @ParameterizedTest
    @ValueSource(strings = {LOSSY_WEBP, LOSSLESS_WEBP})
    void readsBothKindsOfWebp(String base64) {
        Image image = decoder.decode(Base64.getDecoder().decode(base64));

        assertThat(image.width()).isEqualTo(1);
        assertThat(image.height()).isEqualTo(1);
    }

    /** The stored quarters are R G / B W; the values are what each orientation shows upright. */
    @ParameterizedTest
    @CsvSource({
        "1, RGBW", "2, GRWB", "3, WBGR", "4, BWRG", "5, RBGW", "6, BRWG", "7, WGBR", "8, GWRB"
    })
    void turnsEveryExifOrientationUpright(int orientation, String upright) {
        for (byte[] file :
                List.of(
                        TestPictures.jpegOriented(orientation),
                        TestPictures.pngOriented(orientation))) {
            Image image = decoder.decode(file);

            assertThat(image.width() > image.height()).isEqualTo(orientation < 5);
            assertColours(
                    image,
                    colour(upright.charAt(0)),
                    colour(upright.charAt(1)),
                    colour(upright.charAt(2)),
                    colour(upright.charAt(3)));
        }
    }

    @Test
    void takesGreyLevelsAsTheyAre() {
        BufferedImage grey = new BufferedImage(4, 4, BufferedImage.TYPE_BYTE_GRAY);
        grey.getRaster().setSample(1, 1, 0, 100);

        Image image = decoder.decode(TestPictures.file(grey, "png"));

        assertThat(TestPictures.rgb(image, 1, 1)).isEqualTo(0x646464);
    }

    @Test
    void keepsTheUpperByteOfSixteenBits() {
        BufferedImage grey = new BufferedImage(4, 4, BufferedImage.TYPE_USHORT_GRAY);
        grey.getRaster().setSample(2, 3, 0, 0x80FF);

        Image image = decoder.decode(TestPictures.file(grey, "png"));

        assertThat(TestPictures.rgb(image, 2, 3)).isEqualTo(0x808080);
    }

    @Test
    void showsWhiteThroughTransparentParts() {
        BufferedImage clear = new BufferedImage(4, 4, BufferedImage.TYPE_INT_ARGB);
        clear.setRGB(0, 0, 0xFF102030);

        Image image = decoder.decode(TestPictures.file(clear, "png"));

        assertThat(TestPictures.rgb(image, 0, 0)).isEqualTo(0x102030);
        assertThat(TestPictures.rgb(image, 3, 3)).isEqualTo(0xFFFFFF);
    }

    @Test
    void takesTheFirstFrameOfAnAnimation() throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.prepareWriteSequence(null);
            for (Color colour : List.of(Color.RED, Color.BLUE)) {
                BufferedImage frame = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
                frame.setRGB(4, 4, colour.getRGB());
                writer.writeToSequence(new IIOImage(frame, null, null), null);
            }
            writer.endWriteSequence();
        }

        Image image = decoder.decode(bytes.toByteArray());

        assertThat(TestPictures.rgb(image, 4, 4)).isEqualTo(0xFF0000);
    }

    @Test
    void readsFourChannelJpegAsCmyk() throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        WritableRaster cmyk = Raster.createInterleavedRaster(0, 16, 16, 4, null);
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(cmyk, null, null), null);
        }

        Image image = decoder.decode(bytes.toByteArray());

        assertThat(image.width()).isEqualTo(16);
        assertThat(image.bgr()).hasSize(16 * 16 * 3);
    }

    @Test
    void refusesABombByItsHeaderAlone() {
        assertRefused(TestPictures.pngClaiming(20_000, 20_000), ErrorCode.IMAGE_TOO_LARGE);
    }

    @Test
    void refusesMoreBytesThanTheLimit() {
        assertRefused(new byte[(1 << 20) + 1], ErrorCode.IMAGE_TOO_LARGE);
    }

    @Test
    void refusesWhatIsNoPicture() {
        assertRefused(new byte[0], ErrorCode.IMAGE_UNREADABLE);
        assertRefused(
                "a text, not a picture".getBytes(StandardCharsets.UTF_8),
                ErrorCode.IMAGE_UNREADABLE);
        assertRefused(TestPictures.pngClaiming(0, 10), ErrorCode.IMAGE_UNREADABLE);
        assertRefused(TestPictures.pngClaiming(-1, -1), ErrorCode.IMAGE_UNREADABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jpeg", "png"})
    void refusesHalfAFile(String format) {
        byte[] whole =
                TestPictures.file(
                        new BufferedImage(200, 200, BufferedImage.TYPE_3BYTE_BGR), format);

        assertRefused(TestPictures.firstBytes(whole, whole.length / 2), ErrorCode.IMAGE_UNREADABLE);
    }

    @Property(tries = 300)
    void damagedFilesGiveAPictureOrAFacetError(
            @ForAll @IntRange(min = 0, max = 4) int kind,
            @ForAll @IntRange(min = 0, max = 5000) int at,
            @ForAll byte value,
            @ForAll @IntRange(min = 0, max = 5000) int length) {
        byte[] file =
                kind < 4
                        ? TestPictures.file(List.of("jpeg", "png", "gif", "bmp").get(kind))
                        : Base64.getDecoder().decode(LOSSY_WEBP);
        file[at % file.length] = value;
        byte[] cut = Arrays.copyOf(file, Math.min(file.length, 1 + length));
        try {
            assertThat(decoder.decode(cut).width()).isPositive();
        } catch (FacetException expected) {
            assertThat(expected.code()).isIn(ErrorCode.IMAGE_UNREADABLE, ErrorCode.IMAGE_TOO_LARGE);
        }
    }

    private void assertRefused(byte[] file, ErrorCode code) {
        assertThatThrownBy(() -> decoder.decode(file))
                .isInstanceOfSatisfying(
                        FacetException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining("send");
    }

    private static Color colour(char name) {
        return switch (name) {
            case 'R' -> Color.RED;
            case 'G' -> Color.GREEN;
            case 'B' -> Color.BLUE;
            default -> Color.WHITE;
        };
    }

    private static void assertColours(Image image, Color... quarters) {
        int x = image.width() / 4;
        int y = image.height() / 4;
        assertNear(image, x, y, quarters[0]);
        assertNear(image, 3 * x, y, quarters[1]);
        assertNear(image, x, 3 * y, quarters[2]);
        assertNear(image, 3 * x, 3 * y, quarters[3]);
    }

    private static void assertNear(Image image, int x, int y, Color expected) {
        Color actual = new Color(TestPictures.rgb(image, x, y));
        assertThat(Math.abs(actual.getRed() - expected.getRed())).isLessThan(TOLERANCE);
        assertThat(Math.abs(actual.getGreen() - expected.getGreen())).isLessThan(TOLERANCE);
        assertThat(Math.abs(actual.getBlue() - expected.getBlue())).isLessThan(TOLERANCE);
    }
}
