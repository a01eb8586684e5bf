package io.facet.hub.testing;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.facet.crypto.Sealing;
import io.facet.model.AgentId;
import io.facet.model.CameraId;
import io.facet.wire.SealedWire;
import io.facet.wire.Topics;
import io.facet.wire.WireIds;
import io.facet.wire.v1.AgentState;
import io.facet.wire.v1.LiveFace;
import io.facet.wire.v1.LiveFrame;
import io.facet.wire.v1.LivePaint;
import io.facet.wire.v1.LiveRequest;
import io.facet.wire.v1.ReportedCamera;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.eclipse.paho.mqttv5.common.MqttException;

/**
 * A box with one camera that sends pictures when asked, each with one known face: the bytes {@code
 * plain} or {@code overlay} and as many more as wanted.
 */
public final class LiveBox implements AutoCloseable {
    private final TestBox box;
    private final AgentId agent;
    private final CameraId camera;
    private final Thread thread;
    private volatile UUID person = new UUID(0, 0);
    private volatile int padding;
    private volatile boolean mute;
    private volatile boolean closed;

    private LiveBox(TestBox box, AgentId agent, CameraId camera) {
        this.box = box;
        this.agent = agent;
        this.camera = camera;
        this.thread = Thread.ofVirtual().start(this::run);
    }

    /** Connects and reports the camera as streaming. */
    public static LiveBox connect(AgentId agent, String key, URI broker, CameraId camera)
            throws MqttException {
        TestBox box = TestBox.connect(agent, key, broker);
        box.maySubscribe(Topics.liveRequest(agent));
        LiveBox live = new LiveBox(box, agent, camera);
        live.report("streaming", "");
        return live;
    }

    /** Says how the camera does. */
    public void report(String state, String reason) throws MqttException {
        box.state(
                AgentState.newBuilder()
                        .setOnline(true)
                        .addCameras(
                                ReportedCamera.newBuilder()
                                        .setCameraId(WireIds.bytes(camera.value()))
                                        .setState(state)
                                        .setReason(reason))
                        .build());
    }

    /** Who is in the pictures. */
    public void show(UUID shown) {
        person = shown;
    }

    /** Bytes that each picture has more. */
    public void pad(int bytes) {
        padding = bytes;
    }

    /** Whether no pictures come, whoever asks. */
    public void mute(boolean silent) {
        mute = silent;
    }

    private void run() {
        try {
            while (!closed) {
                if (!mute && box.heard(Topics.liveRequest(agent))) {
                    answer(LiveRequest.parseFrom(box.retained(Topics.liveRequest(agent))));
                }
                Thread.sleep(40);
            }
        } catch (InterruptedException | InvalidProtocolBufferException | MqttException ended) {
            if (!closed) {
                throw new IllegalStateException(ended);
            }
        }
    }

    private void answer(LiveRequest request) throws InvalidProtocolBufferException, MqttException {
        String text = request.getOverlay() ? "overlay" : "plain";
        byte[] picture = new byte[text.length() + padding];
        System.arraycopy(text.getBytes(StandardCharsets.US_ASCII), 0, picture, 0, text.length());
        LiveFrame frame =
                LiveFrame.newBuilder()
                        .setCameraId(request.getCameraId())
                        .setCapturedAtUs(1_000_000)
                        .setWidth(request.getMaxWidth())
                        .setHeight(9)
                        .setJpeg(ByteString.copyFrom(picture))
                        .addFaces(LiveFace.newBuilder().setPersonId(WireIds.bytes(person)))
                        .setPaint(
                                request.getOverlay()
                                        ? LivePaint.LIVE_PAINT_OVERLAY
                                        : LivePaint.LIVE_PAINT_PLAIN)
                        .build();
        Sealing sealing = Sealing.to(box.hubInfo().getSealingPublicKey().toByteArray());
        byte[] context = agent.value().getBytes(StandardCharsets.US_ASCII);
        box.publish(
                Topics.liveFrames(agent),
                SealedWire.seal(sealing, SealedWire.LIVE, context, frame.toByteArray())
                        .toByteArray(),
                false);
    }

    @Override
    public void close() throws MqttException {
        closed = true;
        thread.interrupt();
        box.close();
    }
}
