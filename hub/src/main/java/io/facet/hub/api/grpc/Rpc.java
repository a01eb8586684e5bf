package io.facet.hub.api.grpc;

import io.facet.hub.security.Permission;
import io.facet.wire.rpc.v1.FaceRecognitionGrpc;
import io.grpc.MethodDescriptor;
import java.util.Arrays;
import java.util.Optional;

/** Every call of the service and what it needs. What is not here cannot be called. */
public enum Rpc {
    REGISTER_FACE(FaceRecognitionGrpc.getRegisterFaceMethod(), Permission.MANAGE_PEOPLE),
    RECOGNIZE_FACES(FaceRecognitionGrpc.getRecognizeFacesMethod(), Permission.RECOGNISE),
    LIST_FACES(FaceRecognitionGrpc.getListFacesMethod(), Permission.READ_PEOPLE),
    DELETE_FACE(FaceRecognitionGrpc.getDeleteFaceMethod(), Permission.MANAGE_PEOPLE),
    UPDATE_FACE_METADATA(
            FaceRecognitionGrpc.getUpdateFaceMetadataMethod(), Permission.MANAGE_PEOPLE),
    GET_FACE_QUALITY(FaceRecognitionGrpc.getGetFaceQualityMethod(), Permission.RECOGNISE),
    VERIFY_LIVENESS(FaceRecognitionGrpc.getVerifyLivenessMethod(), Permission.RECOGNISE),
    VERIFY_FACE(FaceRecognitionGrpc.getVerifyFaceMethod(), Permission.RECOGNISE),
    DETECT_FACES(FaceRecognitionGrpc.getDetectFacesMethod(), Permission.RECOGNISE),
    WATCH_EVENTS(FaceRecognitionGrpc.getWatchEventsMethod(), Permission.READ_EVENTS),
    RECOGNIZE_STREAM(FaceRecognitionGrpc.getRecognizeStreamMethod(), Permission.RECOGNISE);

    private final String method;
    private final Permission permission;

    Rpc(MethodDescriptor<?, ?> method, Permission permission) {
        this.method = method.getFullMethodName();
        this.permission = permission;
    }

    /** The full name: {@code facet.v1.FaceRecognition/RegisterFace}. */
    public String method() {
        return method;
    }

    /** What the caller must be allowed to do. */
    public Permission permission() {
        return permission;
    }

    /** Whether it changes anything; recognising stores nothing. */
    boolean changes() {
        return permission == Permission.MANAGE_PEOPLE;
    }

    static Optional<Rpc> of(String method) {
        return Arrays.stream(values()).filter(rpc -> rpc.method.equals(method)).findFirst();
    }
}
