package io.facet.hub.alerts;

import java.util.Arrays;
import java.util.Locale;

/** What is watched. Names are the keys of the section {@code alerts} of config.json. */
public enum AlertKind {
    /** 1 while a camera delivers no pictures. */
    CAMERA_DOWN("", false),
    /** Seconds since a box last said anything. */
    DEVICE_SILENT("s", false),
    /** Share of calls answered with 5xx. */
    ERROR_RATE("share", false),
    /** 95th percentile of the time calls take. */
    REQUEST_LATENCY("s", false),
    /** 95th percentile of the time-to-name. */
    TIME_TO_NAME("s", false),
    /** Share of the data folder's disk that is left. */
    DISK_FREE("share", true),
    /** How full a queue is. */
    QUEUE_FULL("share", false),
    /** Presentation attacks, by camera. */
    SPOOF_ATTEMPTS("count", false),
    /** Days a certificate is still valid. */
    CERTIFICATE_EXPIRY("days", true),
    /** Times a join token came that was used already. */
    JOIN_TOKEN_REUSE("count", false),
    /** 1 while a roll-out waits for somebody because boxes failed. */
    ROLLOUT_HALTED("", false);

    private final String unit;
    private final boolean wrongBelow;

    AlertKind(String unit, boolean wrongBelow) {
        this.unit = unit;
        this.wrongBelow = wrongBelow;
    }

    /** Of value and threshold; empty for a truth value. */
    public String unit() {
        return unit;
    }

    /** Whether small values are the bad ones. */
    public boolean wrongBelow() {
        return wrongBelow;
    }

    /** snake_case. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads {@link #wireName}.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static AlertKind of(String text) {
        return Arrays.stream(values())
                .filter(kind -> kind.wireName().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no rule " + text));
    }
}
