package io.facet.edge.capture.javacv;

class RtspUdpSourceIT extends RtspContract {
    RtspUdpSourceIT() {
        super("rtspu");
    }
}
