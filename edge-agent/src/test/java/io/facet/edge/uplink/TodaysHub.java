package io.facet.edge.uplink;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import io.facet.crypto.SealingKeyPair;
import io.facet.wire.WireIds;
import io.facet.wire.v1.Artefact;
import io.facet.wire.v1.CameraRules;
import io.facet.wire.v1.DesiredCamera;
import io.facet.wire.v1.DesiredCameras;
import io.facet.wire.v1.DesiredSoftware;
import io.facet.wire.v1.EventAck;
import io.facet.wire.v1.GalleryHead;
import io.facet.wire.v1.HubInfo;
import io.facet.wire.v1.LiveRequest;
import io.facet.wire.v1.Region;
import io.facet.wire.v1.Rejection;
import io.facet.wire.v1.Schedule;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What a hub of this release says, by the name of its recording; and what one of the next may, with
 * fields and a kind of source that this agent has never heard of.
 */
final class TodaysHub {
    private static final UnknownFieldSet MORE =
            UnknownFieldSet.newBuilder()
                    .addField(
                            9_998,
                            UnknownFieldSet.Field.newBuilder()
                                    .addVarint(7)
                                    .addFixed32(8)
                                    .addFixed64(9)
                                    .build())
                    .addField(
                            9_999,
                            UnknownFieldSet.Field.newBuilder()
                                    .addLengthDelimited(ByteString.copyFromUtf8("of tomorrow"))
                                    .build())
                    .build();

    private TodaysHub() {}

    static Map<String, byte[]> says(boolean tomorrow) {
        Map<String, Message.Builder> said =
                Map.of(
                        "hub-info", info(),
                        "event-ack", ack(tomorrow),
                        "gallery-head", GalleryHead.newBuilder().setRevision(17),
                        "cameras-desired", cameras(tomorrow),
                        "software-desired", software(),
                        "live-request", live());
        Map<String, byte[]> recordings = new TreeMap<>();
        said.forEach((name, message) -> {
            if (tomorrow) {
                message.setUnknownFields(MORE);
            }
            recordings.put(name, message.build().toByteArray());
        });
        return recordings;
    }

    private static HubInfo.Builder info() {
        SealingKeyPair keys = SealingKeyPair.generate();
        return HubInfo.newBuilder()
                .setHubId(WireIds.bytes(new UUID(9, 1)))
                .setSealingKeyId(keys.keyId())
                .setSealingPublicKey(ByteString.copyFrom(keys.publicKey()))
                .setVersion("0.1.0")
                .setOpensSalted(true);
    }

    private static DesiredSoftware.Builder software() {
        return DesiredSoftware.newBuilder()
                .setRevision(4)
                .setRelease(file("facet-edge", "1.4.0", "a"))
                .setModels(file("facet-models", "open", "b"));
    }

    private static Artefact.Builder file(String product, String version, String digit) {
        return Artefact.newBuilder()
                .setProduct(product)
                .setVersion(version)
                .setSize(123_456_789)
                .setSha256(digit.repeat(64));
    }

    private static EventAck.Builder ack(boolean tomorrow) {
        Rejection.Builder rejection =
                Rejection.newBuilder()
                        .setSequence(3)
                        .setCode(tomorrow ? "not_on_a_sunday" : "invalid_argument")
                        .setReason("event 3 is malformed");
        if (tomorrow) {
            rejection.setUnknownFields(MORE);
        }
        return EventAck.newBuilder()
                .addAllStored(List.of(1L, 2L, 300L))
                .addRejected(rejection)
                .setReceivedAtUs(1_769_860_800_000_100L)
                .setSentAtUs(1_769_860_800_000_000L);
    }

    private static DesiredCameras.Builder cameras(boolean tomorrow) {
        DesiredCameras.Builder cameras =
                DesiredCameras.newBuilder()
                        .setRevision(5)
                        .addCameras(
                                camera(1, "Door")
                                        .setAddress("rtsp://door.invalid/1")
                                        .setRules(rules()))
                        .addCameras(camera(2, "Desk").setDeviceIndex(0));
        if (tomorrow) {
            cameras.getCamerasBuilder(0)
                    .setUnknownFields(MORE)
                    .getRulesBuilder()
                    .setUnknownFields(MORE);
            cameras.addCameras(camera(3, "Drone").setUnknownFields(MORE));
        }
        return cameras;
    }

    private static DesiredCamera.Builder camera(int number, String name) {
        return DesiredCamera.newBuilder()
                .setCameraId(WireIds.bytes(new UUID(1, number)))
                .setName(name)
                .setSiteId("lobby");
    }

    private static CameraRules.Builder rules() {
        Region.Builder triangle = Region.newBuilder().addAllXy(List.of(0f, 0f, 1f, 0f, 0.5f, 1f));
        return CameraRules.newBuilder()
                .setRevision(8)
                .addZones(triangle)
                .addMasks(triangle)
                .setMinFaceSize(48)
                .setThreshold(0.7f)
                .setSchedule(
                        Schedule.newBuilder()
                                .setTimeZone("Europe/Vienna")
                                .addHours(
                                        Schedule.Hours.newBuilder()
                                                .addAllDays(List.of(1, 2))
                                                .setFromMinute(60)
                                                .setToMinute(600)));
    }

    private static LiveRequest.Builder live() {
        return LiveRequest.newBuilder()
                .setCameraId(WireIds.bytes(new UUID(1, 1)))
                .setLeaseMs(5_000)
                .setMaxFramesPerSecond(4)
                .setMaxWidth(640)
                .setOverlay(true);
    }
}
