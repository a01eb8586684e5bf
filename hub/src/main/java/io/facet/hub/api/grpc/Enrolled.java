package io.facet.hub.api.grpc;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.people.Enrolment;
import io.facet.hub.people.Face;
import io.facet.hub.people.PeopleService;
import io.facet.model.FaceId;
import io.facet.wire.rpc.v1.DeleteFaceRequest;
import io.facet.wire.rpc.v1.DeleteFaceResponse;
import io.facet.wire.rpc.v1.ListFacesRequest;
import io.facet.wire.rpc.v1.ListFacesResponse;
import io.facet.wire.rpc.v1.RegisterFaceRequest;
import io.facet.wire.rpc.v1.RegisterFaceResponse;
import io.facet.wire.rpc.v1.UpdateFaceMetadataRequest;
import io.facet.wire.rpc.v1.UpdateFaceMetadataResponse;
import java.util.List;
import java.util.Map;

/** The calls about enrolled faces. Thread-safe. */
record Enrolled(PeopleService people, Gate gate, Once once) {
    private static final int PAGE = 50;

    RegisterFaceResponse register(RegisterFaceRequest request) {
        Enrolment wish = Registration.wish(request);
        Registration registration = new Registration(people);
        return gate.run(
                wish.image().length,
                () ->
                        once.run(
                                Rpc.REGISTER_FACE,
                                request.toBuilder().clearIdempotencyKey().build(),
                                request.getIdempotencyKey(),
                                RegisterFaceResponse.parser(),
                                (id, again) -> registration.register(wish, id, again)));
    }

    ListFacesResponse list(ListFacesRequest request) {
        int size = request.getPageSize() == 0 ? PAGE : request.getPageSize();
        if (size < 1 || size > PeopleService.MAX_PAGE) {
            throw new FacetException(
                    ErrorCode.INVALID_ARGUMENT,
                    "page_size is 1 to " + PeopleService.MAX_PAGE + ", or 0 for " + PAGE);
        }
        List<Face> faces =
                people.facesAfter(
                        PageToken.parse(request.getPageToken()).map(PageToken::after), size);
        ListFacesResponse.Builder page =
                ListFacesResponse.newBuilder().setTotal(people.countFaces());
        faces.stream().map(FaceMessages::face).forEach(page::addFaces);
        if (faces.size() == size) {
            page.setNextPageToken(new PageToken(faces.getLast().id()).text());
        }
        return page.build();
    }

    DeleteFaceResponse delete(DeleteFaceRequest request) {
        FaceId id = FaceId.parse(request.getFaceId());
        return once.run(
                Rpc.DELETE_FACE,
                request.toBuilder().clearIdempotencyKey().build(),
                request.getIdempotencyKey(),
                DeleteFaceResponse.parser(),
                (_, again) -> {
                    // An attempt before may have deleted it and died before it could say so.
                    if (people.deleteFace(id).isEmpty() && !again) {
                        throw noFace();
                    }
                    return DeleteFaceResponse.newBuilder()
                            .setSuccess(true)
                            .setFaceId(id.toString())
                            .build();
                });
    }

    UpdateFaceMetadataResponse update(UpdateFaceMetadataRequest request) {
        FaceId id = FaceId.parse(request.getFaceId());
        Map<String, String> metadata = MetadataLimits.checked(request.getMetadataMap());
        return once.run(
                Rpc.UPDATE_FACE_METADATA,
                request.toBuilder().clearIdempotencyKey().build(),
                request.getIdempotencyKey(),
                UpdateFaceMetadataResponse.parser(),
                (_, _) ->
                        UpdateFaceMetadataResponse.newBuilder()
                                .setSuccess(true)
                                .setFaceId(people.updateFaceMetadata(id, metadata).id().toString())
                                .build());
    }

    private static FacetException noFace() {
        return new FacetException(ErrorCode.NOT_FOUND, "there is no such face");
    }
}
