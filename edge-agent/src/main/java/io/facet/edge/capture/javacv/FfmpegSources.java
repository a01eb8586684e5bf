package io.facet.edge.capture.javacv;

import static org.bytedeco.ffmpeg.global.avdevice.avdevice_register_all;
import static org.bytedeco.ffmpeg.global.avformat.avformat_network_init;
import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_QUIET;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;

import io.facet.edge.capture.CaptureOptions;
import io.facet.edge.capture.FrameSource;
import io.facet.edge.capture.PictureFolder;
import io.facet.edge.capture.SourceAddress;
import io.facet.edge.capture.SourceFactory;
import io.facet.model.CameraSource;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** Opens every source there is. Thread-safe. */
public final class FfmpegSources implements SourceFactory {
    private final InstantSource clock;

    /** Loads the natives. */
    public FfmpegSources(InstantSource clock) {
        this.clock = clock;
        // FFmpeg's log shows addresses with their passwords.
        av_log_set_level(AV_LOG_QUIET);
        avformat_network_init();
        avdevice_register_all();
    }

    @Override
    public FrameSource.Opener opener(CameraSource source, CaptureOptions options) {
        return switch (SourceAddress.of(source)) {
            case SourceAddress.PictureFolder folder ->
                    cancelled -> PictureFolder.open(folder.folder(), options, clock, cancelled);
            case SourceAddress.VideoFile file -> ffmpeg(file(file), options);
            case SourceAddress.Rtsp rtsp -> ffmpeg(rtsp(rtsp), options);
            case SourceAddress.Http http -> ffmpeg(http(http), options);
            case SourceAddress.Device device -> ffmpeg(device(device, options), options);
        };
    }

    private FrameSource.Opener ffmpeg(FfmpegInput input, CaptureOptions options) {
        return cancelled -> FfmpegSource.open(input, options, clock, cancelled);
    }

    // Every input names the protocols it may use, so that a playlist or a redirect cannot lead to
    // the box's own files or elsewhere.

    private static FfmpegInput file(SourceAddress.VideoFile file) {
        return new FfmpegInput(
                "file:" + file.file(), "", false, Map.of("protocol_whitelist", "file"));
    }

    private static FfmpegInput rtsp(SourceAddress.Rtsp rtsp) {
        Map<String, String> options = live("rtsp,rtsps,rtp,srtp,udp,tcp,tls,crypto");
        switch (rtsp.transport()) {
            case AUTO -> options.put("rtsp_flags", "prefer_tcp");
            case TCP -> options.put("rtsp_transport", "tcp");
            case UDP -> options.put("rtsp_transport", "udp");
        }
        return new FfmpegInput(rtsp.address().toString(), "", true, options);
    }

    private static FfmpegInput http(SourceAddress.Http http) {
        Map<String, String> options = live("http,https,tcp,tls,crypto,data");
        return new FfmpegInput(http.address().toString(), "", true, options);
    }

    private static FfmpegInput device(SourceAddress.Device device, CaptureOptions options) {
        Map<String, String> wanted = new HashMap<>();
        options.scaleTo()
                .ifPresent(size -> wanted.put("video_size", size.width() + "x" + size.height()));
        return new FfmpegInput("/dev/video" + device.index(), "video4linux2", true, wanted);
    }

    private static Map<String, String> live(String protocols) {
        Map<String, String> options = new HashMap<>();
        options.put("protocol_whitelist", protocols);
        // A picture is worth less the longer it waits.
        options.put("fflags", "nobuffer");
        options.put("flags", "low_delay");
        options.put("analyzeduration", "2000000");
        options.put("probesize", "2000000");
        return options;
    }
}
