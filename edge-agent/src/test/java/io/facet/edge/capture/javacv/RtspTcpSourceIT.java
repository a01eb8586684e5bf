package io.facet.edge.capture.javacv;

class RtspTcpSourceIT extends RtspContract {
    RtspTcpSourceIT() {
        super("rtspt");
    }
}
