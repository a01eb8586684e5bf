package io.facet.model;

import java.net.URI;

/** Where a camera's pictures come from. */
public sealed interface CameraSource {
    /** The stream at an address: {@code rtsp:}, {@code http(s):}, {@code file:}. */
    record Stream(URI address) implements CameraSource {
        @Override
        public String toString() {
            return "Stream[" + withoutSecrets(address) + "]";
        }
    }

    /** The box's local device of this index: {@code /dev/video0} is 0. */
    record Device(int index) implements CameraSource {
        public Device {
            if (index < 0 || index > 255) {
                throw new IllegalArgumentException("a device_id is 0 to 255, not " + index);
            }
        }
    }

    /** The address as it may be shown and logged: user and password replaced. */
    static String withoutSecrets(URI address) {
        String info = address.getRawUserInfo();
        return info == null ? address.toString() : address.toString().replace(info + "@", "***@");
    }
}
