package io.facet.hub.ingest;

import com.google.protobuf.ByteString;
import io.facet.crypto.SealingKeyPair;
import io.facet.hub.cameras.CameraListener;
import io.facet.hub.cameras.CameraStore;
import io.facet.hub.people.GalleryListener;
import io.facet.hub.software.Artefact;
import io.facet.hub.software.SoftwareListener;
import io.facet.hub.software.SoftwareWish;
import io.facet.hub.software.SoftwareWishes;
import io.facet.model.AgentId;
import io.facet.model.Camera;
import io.facet.model.CameraRules;
import io.facet.model.CameraSource;
import io.facet.wire.Topics;
import io.facet.wire.WireIds;
import io.facet.wire.WireRules;
import io.facet.wire.v1.DesiredCamera;
import io.facet.wire.v1.DesiredCameras;
import io.facet.wire.v1.DesiredSoftware;
import io.facet.wire.v1.GalleryHead;
import io.facet.wire.v1.HubInfo;
import java.util.Collection;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells boxes what they shall know, retained at the broker: the hub's key, the gallery's head, each
 * box's cameras and software. One thread publishes, so that a later truth never comes before an
 * earlier one; all of it again after every connection, so nothing that was missed matters.
 * Thread-safe.
 */
final class Announcer implements GalleryListener, CameraListener, SoftwareListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Announcer.class);

    private final Outgoing outgoing;
    private final HubInfo info;
    private final CameraStore cameras;
    private final SoftwareWishes software;
    private final Supplier<Collection<AgentId>> agents;
    private final LongSupplier head;
    private final ExecutorService publisher =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().name("announcer").factory());

    Announcer(
            Outgoing outgoing,
            HubInfo info,
            CameraStore cameras,
            SoftwareWishes software,
            Supplier<Collection<AgentId>> agents,
            LongSupplier head) {
        this.outgoing = outgoing;
        this.info = info;
        this.cameras = cameras;
        this.software = software;
        this.agents = agents;
        this.head = head;
    }

    static HubInfo info(UUID hub, SealingKeyPair keys, String version) {
        return HubInfo.newBuilder()
                .setHubId(WireIds.bytes(hub))
                .setSealingKeyId(keys.keyId())
                .setSealingPublicKey(ByteString.copyFrom(keys.publicKey()))
                .setVersion(version)
                .setOpensSalted(true)
                .build();
    }

    /** Says everything; after every connection. */
    void everything() {
        later(() -> {
            retained(Topics.HUB_INFO, info.toByteArray());
            publishHead(head.getAsLong());
            agents.get()
                    .forEach(agent -> {
                        publishCameras(agent);
                        publishSoftware(agent);
                    });
        });
    }

    @Override
    public void changed(long revision) {
        later(() -> publishHead(revision));
    }

    @Override
    public void changed(AgentId agent) {
        later(() -> publishCameras(agent));
    }

    @Override
    public void softwareChanged(AgentId agent) {
        later(() -> publishSoftware(agent));
    }

    /** No bytes: nothing is kept, and whoever listens hears that the box is gone. */
    void parted(AgentId agent) {
        later(() -> retained(Topics.state(agent), new byte[0]));
    }

    private void publishHead(long revision) {
        retained(
                Topics.GALLERY_HEAD,
                GalleryHead.newBuilder().setRevision(revision).build().toByteArray());
    }

    private void publishCameras(AgentId agent) {
        CameraStore.Desired desired = cameras.desired(agent);
        // From 1 on: an empty list of revision 0 would be no bytes, which unsets a retained
        // message.
        DesiredCameras.Builder message =
                DesiredCameras.newBuilder().setRevision(desired.revision() + 1);
        desired.cameras().forEach(camera -> message.addCameras(wire(camera)));
        retained(Topics.desiredCameras(agent), message.build().toByteArray());
    }

    private static DesiredCamera wire(Camera camera) {
        DesiredCamera.Builder wire =
                DesiredCamera.newBuilder()
                        .setCameraId(WireIds.bytes(camera.id().value()))
                        .setName(camera.name())
                        .setSiteId(camera.site().value());
        if (!camera.rules().equals(CameraRules.NONE)) {
            wire.setRules(WireRules.of(camera.rules()));
        }
        return switch (camera.source()) {
            case CameraSource.Stream s -> wire.setAddress(s.address().toString()).build();
            case CameraSource.Device d -> wire.setDeviceIndex(d.index()).build();
        };
    }

    private void publishSoftware(AgentId agent) {
        SoftwareWish wish = software.of(agent);
        DesiredSoftware.Builder message = DesiredSoftware.newBuilder().setRevision(wish.revision());
        wish.release().map(Announcer::wire).ifPresent(message::setRelease);
        wish.models().map(Announcer::wire).ifPresent(message::setModels);
        retained(Topics.desiredSoftware(agent), message.build().toByteArray());
    }

    private static io.facet.wire.v1.Artefact wire(Artefact artefact) {
        return io.facet.wire.v1.Artefact.newBuilder()
                .setSha256(artefact.sha256().hex())
                .setSize(artefact.size())
                .setProduct(artefact.product())
                .setVersion(artefact.version())
                .build();
    }

    private void retained(String topic, byte[] payload) {
        outgoing.publish(topic, payload, 1, true);
    }

    private void later(Runnable work) {
        try {
            publisher.execute(() -> attempt(work));
        } catch (RejectedExecutionException closed) {
            LOG.debug("nothing is announced any more: the hub is closing");
        }
    }

    private static void attempt(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException failure) {
            LOG.warn("an announcement failed; it is made again with the next", failure);
        }
    }

    @Override
    public void close() {
        publisher.shutdown();
        try {
            if (!publisher.awaitTermination(5, TimeUnit.SECONDS)) {
                publisher.shutdownNow();
            }
        } catch (InterruptedException stop) {
            publisher.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
