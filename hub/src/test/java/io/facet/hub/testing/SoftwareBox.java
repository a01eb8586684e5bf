package io.facet.hub.testing;

import com.google.protobuf.InvalidProtocolBufferException;
import io.facet.model.AgentId;
import io.facet.wire.Topics;
import io.facet.wire.v1.AgentState;
import io.facet.wire.v1.DesiredSoftware;
import io.facet.wire.v1.ReportedSoftware;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.paho.mqttv5.common.MqttException;

/** A box that says of its software what a test wants. */
public final class SoftwareBox implements AutoCloseable {
    private final TestBox box;
    private final AgentId agent;
    private final String key;
    private final String machine;

    private SoftwareBox(TestBox box, AgentId agent, String key, String machine) {
        this.box = box;
        this.agent = agent;
        this.key = key;
        this.machine = machine;
    }

    /** Connects and says nothing. */
    public static SoftwareBox connect(String name, String key, URI broker, String machine)
            throws MqttException {
        AgentId agent = new AgentId(name);
        TestBox box = TestBox.connect(agent, key, broker);
        if (!box.maySubscribe(Topics.desiredSoftware(agent))) {
            throw new AssertionError("a box may not hear what it is to run");
        }
        return new SoftwareBox(box, agent, key, machine);
    }

    /** Its credential as headers, with others. */
    public String[] key(String... more) {
        List<String> headers = new ArrayList<>(List.of("X-API-Key", key));
        headers.addAll(List.of(more));
        return headers.toArray(String[]::new);
    }

    public DesiredSoftware desired() throws InvalidProtocolBufferException {
        return DesiredSoftware.parseFrom(box.retained(Topics.desiredSoftware(agent)));
    }

    /** Whether it is to run this file now. */
    public boolean isAskedFor(String sha256) throws InvalidProtocolBufferException {
        DesiredSoftware desired = desired();
        return desired.getRelease().getSha256().equals(sha256)
                || desired.getModels().getSha256().equals(sha256);
    }

    /** Says how it stands to its release, in answer to what it was asked last. */
    public void report(String version, String state) throws Exception {
        DesiredSoftware desired = desired();
        say(
                version,
                ReportedSoftware.newBuilder()
                        .setProduct("facet-edge")
                        .setVersion(version)
                        .setRevision(desired.getRevision())
                        .setSha256(desired.getRelease().getSha256())
                        .setState(state)
                        .setReason(state.equals("rolled_back") ? "not ready in time" : "")
                        .build());
    }

    /** Says how it stands to its models. */
    public void models(String sha256, String state) throws Exception {
        say(
                "1.0.0",
                ReportedSoftware.newBuilder()
                        .setProduct("facet-models")
                        .setVersion("any")
                        .setRevision(desired().getRevision())
                        .setSha256(sha256)
                        .setState(state)
                        .build());
    }

    private void say(String version, ReportedSoftware software) throws MqttException {
        box.state(
                AgentState.newBuilder()
                        .setOnline(true)
                        .setReady(true)
                        .setVersion(version)
                        .setArchitecture(machine)
                        .addSoftware(software)
                        .build());
    }

    @Override
    public void close() throws MqttException {
        box.close();
    }
}
