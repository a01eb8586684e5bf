package io.facet.hub.devices;

import java.util.Set;
import java.util.regex.Pattern;

/** Labels of a box, by which roll-outs begin with some before others. Immutable. */
public record DeviceGroups(Set<String> labels) {
    public static final DeviceGroups NONE = new DeviceGroups(Set.of());

    private static final int MOST = 20;
    private static final Pattern LABEL = Pattern.compile("[a-z0-9][a-z0-9_-]{0,31}");

    public DeviceGroups {
        labels = Set.copyOf(labels);
        if (labels.size() > MOST) {
            throw new IllegalArgumentException("a box is in at most " + MOST + " groups");
        }
        labels.forEach(DeviceGroups::check);
    }

    /** Refuses what is no label. */
    public static void check(String label) {
        if (!LABEL.matcher(label).matches()) {
            throw new IllegalArgumentException(
                    "a group is 1 to 32 lower-case letters, digits, - and _, such as canary");
        }
    }
}
