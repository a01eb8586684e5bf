package io.facet.hub.api.grpc;

import com.google.protobuf.Timestamp;
import io.facet.hub.people.Face;
import io.facet.model.Liveness;
import io.facet.model.Quality;
import io.facet.wire.rpc.v1.Box;
import io.facet.wire.rpc.v1.Landmarks;
import io.facet.wire.rpc.v1.Point;
import io.facet.wire.rpc.v1.QualityComponent;
import io.facet.wire.rpc.v1.QualityMetrics;
import java.time.Instant;

/** Faces and what is measured of them, as messages. Stateless. */
final class FaceMessages {
    private FaceMessages() {}

    static io.facet.wire.rpc.v1.Face face(Face face) {
        return io.facet.wire.rpc.v1.Face.newBuilder()
                .setFaceId(face.id().toString())
                .setName(face.name())
                .putAllMetadata(face.metadata())
                .setQualityScore(face.quality().overall())
                .setAddedAt(time(face.addedAt()))
                .setPersonId(face.person().toString())
                .setQuality(quality(face.quality()))
                .build();
    }

    static QualityMetrics quality(Quality quality) {
        return QualityMetrics.newBuilder()
                .setOverall(quality.overall())
                .setPassed(quality.passed())
                .setSharpness(component(quality.sharpness()))
                .setBrightness(component(quality.brightness()))
                .setContrast(component(quality.contrast()))
                .setFaceSize(component(quality.faceSize()))
                .setPoseDeviation(component(quality.poseDeviation()))
                .setEyeOpenness(component(quality.eyeOpenness()))
                .build();
    }

    private static QualityComponent component(Quality.Component component) {
        return QualityComponent.newBuilder()
                .setValue(component.value())
                .setLimit(component.limit())
                .setPassed(component.passed())
                .setIsoName(component.isoName())
                .setHint(component.hint())
                .build();
    }

    static io.facet.wire.rpc.v1.Liveness liveness(Liveness liveness) {
        io.facet.wire.rpc.v1.Liveness.Builder message = io.facet.wire.rpc.v1.Liveness.newBuilder();
        return switch (liveness) {
            case Liveness.Performed p ->
                    message.setPerformed(true)
                            .setPassed(p.passed())
                            .setScore(p.score())
                            .setVerdict(p.verdict().wireName())
                            .addAllReasons(p.reasons())
                            .build();
            case Liveness.NotPerformed not ->
                    message.addAllNotPerformedReasons(not.reasons()).build();
        };
    }

    static Box box(io.facet.model.Box box) {
        return Box.newBuilder()
                .setX(box.x())
                .setY(box.y())
                .setWidth(box.width())
                .setHeight(box.height())
                .build();
    }

    static Landmarks landmarks(io.facet.model.Landmarks points) {
        return Landmarks.newBuilder()
                .setLeftEye(point(points.leftEye()))
                .setRightEye(point(points.rightEye()))
                .setNose(point(points.nose()))
                .setLeftMouth(point(points.leftMouth()))
                .setRightMouth(point(points.rightMouth()))
                .build();
    }

    private static Point point(io.facet.model.Point point) {
        return Point.newBuilder().setX(point.x()).setY(point.y()).build();
    }

    static Timestamp time(Instant at) {
        return Timestamp.newBuilder()
                .setSeconds(at.getEpochSecond())
                .setNanos(at.getNano())
                .build();
    }
}
