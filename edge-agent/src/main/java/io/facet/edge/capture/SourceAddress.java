package io.facet.edge.capture;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.model.CameraSource;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** What an address of a camera means. Addresses may hold passwords: never log one as it is. */
public sealed interface SourceAddress {
    /** A video on disk. */
    record VideoFile(Path file) implements SourceAddress {}

    /** Still pictures on disk, played as a slow pan. */
    record PictureFolder(Path folder) implements SourceAddress {}

    /** RTSP. */
    record Rtsp(URI address, Transport transport) implements SourceAddress {
        @Override
        public String toString() {
            return "Rtsp[" + CameraSource.withoutSecrets(address) + ", " + transport + "]";
        }
    }

    /** MJPEG, HLS or another stream over HTTP. */
    record Http(URI address) implements SourceAddress {
        @Override
        public String toString() {
            return "Http[" + CameraSource.withoutSecrets(address) + "]";
        }
    }

    /** A V4L2 device. */
    record Device(int index) implements SourceAddress {}

    /** How RTSP carries the pictures. */
    enum Transport {
        /** TCP; UDP when the camera refuses it. */
        AUTO,
        TCP,
        UDP
    }

    /**
     * Reads a camera's source.
     *
     * @throws FacetException with INVALID_ARGUMENT for a scheme nobody here can read, NOT_FOUND for
     *     a file that is not there
     */
    static SourceAddress of(CameraSource source) {
        return switch (source) {
            case CameraSource.Device device -> new Device(device.index());
            case CameraSource.Stream stream -> of(stream.address());
        };
    }

    private static SourceAddress of(URI address) {
        String scheme =
                address.getScheme() == null ? "" : address.getScheme().toLowerCase(Locale.ROOT);
        return switch (scheme) {
            case "rtsp", "rtsps" -> new Rtsp(address, Transport.AUTO);
            case "rtspt" -> new Rtsp(plainRtsp(address), Transport.TCP);
            case "rtspu" -> new Rtsp(plainRtsp(address), Transport.UDP);
            case "http", "https" -> new Http(address);
            case "file" -> ofPath(filePath(address));
            case "" -> ofPath(Path.of(address.getPath()));
            default ->
                    throw new FacetException(
                            ErrorCode.INVALID_ARGUMENT,
                            "cameras cannot be read over "
                                    + scheme
                                    + ": use rtsp://, rtspt:// (TCP only), rtspu:// (UDP only),"
                                    + " http://, https://, file: or /dev/video0");
        };
    }

    /**
     * Reads what a person types: an address, a path, {@code /dev/video0}.
     *
     * @throws FacetException as {@link #of(CameraSource)}
     */
    static CameraSource parse(String text) {
        if (text.startsWith("/dev/video")) {
            return new CameraSource.Device(deviceIndex(text));
        }
        if (text.matches("[A-Za-z][A-Za-z0-9+.-]+:.*")) {
            try {
                return new CameraSource.Stream(URI.create(text));
            } catch (IllegalArgumentException malformed) {
                throw new FacetException(
                        ErrorCode.INVALID_ARGUMENT,
                        "this is no address; characters such as spaces are written as %20");
            }
        }
        return new CameraSource.Stream(Path.of(text).toAbsolutePath().toUri());
    }

    private static int deviceIndex(String device) {
        String digits = device.substring("/dev/video".length());
        if (!digits.matches("[0-9]{1,3}") || Integer.parseInt(digits) > 255) {
            throw new FacetException(
                    ErrorCode.INVALID_ARGUMENT, "a device is /dev/video0 to /dev/video255");
        }
        return Integer.parseInt(digits);
    }

    private static SourceAddress ofPath(Path path) {
        if (path.toString().startsWith("/dev/video")) {
            return new Device(deviceIndex(path.toString()));
        }
        if (Files.isDirectory(path)) {
            return new PictureFolder(path);
        }
        if (!Files.isReadable(path)) {
            throw new FacetException(
                    ErrorCode.NOT_FOUND,
                    "there is no readable file or folder " + path + " on the edge box");
        }
        return new VideoFile(path);
    }

    private static Path filePath(URI address) {
        String path = address.getPath();
        if (path == null || path.isEmpty()) {
            throw new FacetException(
                    ErrorCode.INVALID_ARGUMENT,
                    "a file address looks like file:///folder/clip.mp4");
        }
        return Path.of(path);
    }

    private static URI plainRtsp(URI address) {
        return URI.create("rtsp" + address.toString().substring("rtspt".length()));
    }
}
