package io.facet.edge.capture;

/** The fake keeps the contract it stands in for; a USB camera is tested by it alone. */
class FakeSourceTest extends FrameSourceContract {
    @Override
    protected FrameSource.Opener opener(CaptureOptions options) {
        return cancelled ->
                new FakeSource(
                        Long.MAX_VALUE,
                        FrameSource.Reading.ENDED,
                        options.maxFrameRate(),
                        cancelled);
    }
}
