package io.facet.edge.capture.javacv;

import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;

import java.util.Map;
import org.bytedeco.ffmpeg.avutil.AVDictionary;

/**
 * What FFmpeg is asked to open.
 *
 * @param url with its password; never logged
 * @param format name of the input format; empty lets FFmpeg find out
 * @param live a camera rather than a recording
 * @param options of FFmpeg's protocol and demuxer
 */
record FfmpegInput(String url, String format, boolean live, Map<String, String> options) {
    FfmpegInput {
        options = Map.copyOf(options);
    }

    /** The options in FFmpeg's own form; closed by the caller. */
    Options dictionary() {
        AVDictionary dictionary = new AVDictionary(null);
        options.forEach((key, value) -> av_dict_set(dictionary, key, value, 0));
        return new Options(dictionary);
    }

    record Options(AVDictionary dictionary) implements AutoCloseable {
        @Override
        public void close() {
            av_dict_free(dictionary);
        }
    }

    @Override
    public String toString() {
        return "FfmpegInput[" + format + (live ? ", live]" : ", recorded]");
    }
}
