package io.facet.hub.api.grpc;

import com.google.protobuf.ListValue;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.facet.hub.events.HubEvent;
import io.facet.wire.rpc.v1.Alert;
import io.facet.wire.rpc.v1.CameraConnected;
import io.facet.wire.rpc.v1.CameraDisconnected;
import io.facet.wire.rpc.v1.Event;
import io.facet.wire.rpc.v1.FaceAdded;
import io.facet.wire.rpc.v1.FaceDeleted;
import io.facet.wire.rpc.v1.FaceRecognized;
import io.facet.wire.rpc.v1.Look;
import io.facet.wire.rpc.v1.Origin;
import io.facet.wire.rpc.v1.RecognitionRetracted;
import io.facet.wire.rpc.v1.UnknownSeen;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What just happened, as messages. Stateless. */
final class EventMessages {
    private EventMessages() {}

    static Event event(HubEvent event) {
        Event.Builder message = Event.newBuilder().setType(event.type());
        switch (event) {
            case HubEvent.FaceAdded e -> at(message, e.addedAt()).setFaceAdded(added(e));
            case HubEvent.FaceDeleted e -> at(message, e.deletedAt()).setFaceDeleted(deleted(e));
            case HubEvent.FaceRecognized e ->
                    at(message, e.timestamp()).setFaceRecognized(recognized(e));
            case HubEvent.RecognitionUpdated e ->
                    at(message, e.timestamp()).setRecognitionUpdated(recognized(sameFields(e)));
            case HubEvent.RecognitionRetracted e ->
                    at(message, e.timestamp()).setRecognitionRetracted(retracted(e));
            case HubEvent.UnknownSeen e -> at(message, e.timestamp()).setUnknownSeen(unknown(e));
            case HubEvent.CameraConnected e ->
                    at(message, e.timestamp()).setCameraConnected(connected(e));
            case HubEvent.CameraDisconnected e ->
                    at(message, e.timestamp()).setCameraDisconnected(disconnected(e));
            case HubEvent.AlertRaised e ->
                    at(message, e.timestamp()).setAlertRaised(alert(e.alert()));
            case HubEvent.AlertResolved e ->
                    at(message, e.timestamp()).setAlertResolved(alert(e.alert()));
            case HubEvent.Custom e -> at(message, e.timestamp()).setCustom(struct(e.data()));
        }
        return message.build();
    }

    private static Event.Builder at(Event.Builder message, Instant time) {
        return message.setTimestamp(FaceMessages.time(time));
    }

    private static FaceAdded added(HubEvent.FaceAdded e) {
        return FaceAdded.newBuilder()
                .setFaceId(e.faceId().toString())
                .setName(e.name())
                .setQualityScore(e.qualityScore())
                .setAddedAt(FaceMessages.time(e.addedAt()))
                .setPersonId(e.personId().toString())
                .build();
    }

    private static FaceDeleted deleted(HubEvent.FaceDeleted e) {
        return FaceDeleted.newBuilder()
                .setFaceId(e.faceId().toString())
                .setName(e.name())
                .setDeletedAt(FaceMessages.time(e.deletedAt()))
                .setPersonId(e.personId().toString())
                .build();
    }

    private static HubEvent.FaceRecognized sameFields(HubEvent.RecognitionUpdated e) {
        return new HubEvent.FaceRecognized(
                e.faceId(),
                e.name(),
                e.cameraId(),
                e.cameraName(),
                e.confidence(),
                e.timestamp(),
                e.details());
    }

    private static FaceRecognized recognized(HubEvent.FaceRecognized e) {
        return FaceRecognized.newBuilder()
                .setFaceId(e.faceId().toString())
                .setName(e.name())
                .setCameraId(e.cameraId().toString())
                .setCameraName(e.cameraName())
                .setConfidence(e.confidence())
                .setTimestamp(FaceMessages.time(e.timestamp()))
                .setPersonId(e.details().personId().toString())
                .setTrackId(e.details().trackId().toString())
                .setSimilarity(e.details().similarity())
                .setThreshold(e.details().threshold())
                .setLook(look(e.details().look()))
                .setOrigin(origin(e.details().origin()))
                .build();
    }

    private static RecognitionRetracted retracted(HubEvent.RecognitionRetracted e) {
        return RecognitionRetracted.newBuilder()
                .setTrackId(e.trackId().toString())
                .setCameraId(e.cameraId().toString())
                .setCameraName(e.cameraName())
                .setReason(e.reason())
                .setOrigin(origin(e.origin()))
                .build();
    }

    private static UnknownSeen unknown(HubEvent.UnknownSeen e) {
        return UnknownSeen.newBuilder()
                .setTrackId(e.trackId().toString())
                .setCameraId(e.cameraId().toString())
                .setCameraName(e.cameraName())
                .setLook(look(e.look()))
                .setOrigin(origin(e.origin()))
                .build();
    }

    private static CameraConnected connected(HubEvent.CameraConnected e) {
        return CameraConnected.newBuilder()
                .setCameraId(e.cameraId().toString())
                .setCameraName(e.cameraName())
                .setTimestamp(FaceMessages.time(e.timestamp()))
                .setSiteId(e.siteId().toString())
                .setAgentId(e.agentId().toString())
                .build();
    }

    private static CameraDisconnected disconnected(HubEvent.CameraDisconnected e) {
        return CameraDisconnected.newBuilder()
                .setCameraId(e.cameraId().toString())
                .setCameraName(e.cameraName())
                .setTimestamp(FaceMessages.time(e.timestamp()))
                .setReason(e.reason())
                .setSiteId(e.siteId().toString())
                .setAgentId(e.agentId().toString())
                .build();
    }

    private static Alert alert(HubEvent.AlertDetails alert) {
        Alert.Builder message =
                Alert.newBuilder()
                        .setAlertId(alert.alertId().toString())
                        .setRule(alert.rule())
                        .setSubject(alert.subject())
                        .setSummary(alert.summary())
                        .setSeverity(alert.severity())
                        .setValue(alert.value())
                        .setThreshold(alert.threshold())
                        .setStartedAt(FaceMessages.time(alert.startedAt()));
        alert.site().ifPresent(site -> message.setSiteId(site.toString()));
        return message.build();
    }

    private static Look look(HubEvent.Look look) {
        return Look.newBuilder()
                .setBox(FaceMessages.box(look.box()))
                .setFrameWidth(look.frameWidth())
                .setFrameHeight(look.frameHeight())
                .setQuality(look.quality())
                .setLiveness(FaceMessages.liveness(look.liveness()))
                .setFramesSeen(look.framesSeen())
                .setHasCrop(look.hasCrop())
                .build();
    }

    private static Origin origin(HubEvent.Origin origin) {
        return Origin.newBuilder()
                .setEventId(origin.eventId().toString())
                .setSiteId(origin.siteId().toString())
                .setAgentId(origin.agentId().toString())
                .setCapturedAt(FaceMessages.time(origin.capturedAt()))
                .setReceivedAt(FaceMessages.time(origin.receivedAt()))
                .setSimulated(origin.simulated())
                .setHistorical(origin.historical())
                .build();
    }

    private static Struct struct(Map<?, ?> data) {
        Struct.Builder struct = Struct.newBuilder();
        data.forEach((key, value) -> struct.putFields(String.valueOf(key), value(value)));
        return struct.build();
    }

    /** Plain JSON: maps, lists, texts, numbers, booleans and null. */
    private static Value value(@Nullable Object json) {
        return switch (json) {
            case null -> Value.newBuilder().setNullValue(NullValue.NULL_VALUE).build();
            case Boolean b -> Value.newBuilder().setBoolValue(b).build();
            case Number n -> Value.newBuilder().setNumberValue(n.doubleValue()).build();
            case Map<?, ?> map -> Value.newBuilder().setStructValue(struct(map)).build();
            case List<?> list ->
                    Value.newBuilder()
                            .setListValue(
                                    ListValue.newBuilder()
                                            .addAllValues(
                                                    list.stream()
                                                            .map(EventMessages::value)
                                                            .toList()))
                            .build();
            default -> Value.newBuilder().setStringValue(json.toString()).build();
        };
    }
}
