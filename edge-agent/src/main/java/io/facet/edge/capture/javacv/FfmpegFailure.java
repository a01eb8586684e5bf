package io.facet.edge.capture.javacv;

import static org.bytedeco.ffmpeg.global.avutil.av_strerror;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.nio.charset.StandardCharsets;

/** FFmpeg's error numbers as sentences; they never hold the address. */
final class FfmpegFailure {
    private FfmpegFailure() {}

    static String text(int code) {
        byte[] buffer = new byte[128];
        av_strerror(code, buffer, buffer.length);
        int end = 0;
        while (end < buffer.length && buffer[end] != 0) {
            end++;
        }
        return new String(buffer, 0, end, StandardCharsets.UTF_8);
    }

    /** Goes on only when FFmpeg did what it was asked for. */
    static void check(int code, String what) {
        if (code < 0) {
            throw unavailable(what + ": " + text(code));
        }
    }

    static FacetException unavailable(String what) {
        return new FacetException(ErrorCode.UNAVAILABLE, what);
    }
}
