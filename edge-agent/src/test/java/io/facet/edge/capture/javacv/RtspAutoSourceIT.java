package io.facet.edge.capture.javacv;

/** Plain rtsp:// finds out by itself. */
class RtspAutoSourceIT extends RtspContract {
    RtspAutoSourceIT() {
        super("rtsp");
    }
}
