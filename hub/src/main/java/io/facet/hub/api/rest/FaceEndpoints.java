package io.facet.hub.api.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.api.json.FaceJson;
import io.facet.hub.api.json.Json;
import io.facet.hub.api.schema.Plain;
import io.facet.hub.api.schema.Schema;
import io.facet.hub.people.Face;
import io.facet.hub.people.FacePage;
import io.facet.hub.people.PeopleService;
import io.facet.hub.security.Permission;
import io.facet.model.FaceId;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Enrolled faces: the brief's three calls, and the same as a resource. */
final class FaceEndpoints {
    private static final String ONE = "/api/v1/faces/{face_id}";
    private static final Spec DELETED =
            Spec.of("Delete a face; its person stays")
                    .gives(
                            Schema.object()
                                    .with("success", Plain.TRUTH)
                                    .with("face_id", Plain.ID)
                                    .with("name", Plain.TEXT)
                                    .with("person_id", Plain.ID));

    private final PeopleService people;
    private final EnrolCall enrol;

    FaceEndpoints(PeopleService people, int imageBytes) {
        this.people = people;
        this.enrol = new EnrolCall(people, imageBytes);
    }

    List<Endpoint> all() {
        Access read = new Access.Needs(Permission.READ_PEOPLE);
        Access manage = new Access.Needs(Permission.MANAGE_PEOPLE);
        Spec list =
                Spec.of("List registered faces, in the order they were added")
                        .paged()
                        .gives(Paging.shape("faces", Schema.ref("Face")));
        Spec one = Spec.of("Show a face").gives(Schema.ref("Face")).rule(Spec.Rule.TAGGED);
        Spec change =
                Spec.of("Replace a face's metadata")
                        .takes(Schema.object().with("metadata", Plain.TEXTS))
                        .gives(Schema.ref("Face"))
                        .rule(Spec.Rule.TAGGED);
        Spec picture = Spec.of("The enrolled picture").givesBytes("image/jpeg");
        return List.of(
                Endpoint.get("/api/faces", read, list, this::list),
                Endpoint.post(
                        "/api/faces/register",
                        manage,
                        EnrolCall.spec("Register a new face", EnrolCall.OF_ANYBODY),
                        enrol::ofAnybody),
                Endpoint.delete("/api/faces/delete/{face_id}", manage, DELETED, this::delete),
                Endpoint.get("/api/v1/faces", read, list, this::list),
                Endpoint.get(ONE, read, one, this::get),
                Endpoint.patch(ONE, manage, change, this::change),
                Endpoint.delete(ONE, manage, DELETED, this::delete),
                Endpoint.get(ONE + "/picture.jpg", read, picture, this::picture));
    }

    private Reply list(Call call) {
        Paging paging = Paging.of(call, 50, PeopleService.MAX_PAGE);
        FacePage page = page(paging, paging.limit() + 1);
        return Reply.ok(
                paging.page(
                        "faces",
                        page.faces(),
                        page.total(),
                        face -> face.id().toString(),
                        FaceJson::face));
    }

    /** One more than asked for, to know whether there is a next page. */
    private FacePage page(Paging paging, int rows) {
        Optional<FaceId> after = paging.after().map(FaceId::parse);
        return after.map(_ -> new FacePage(people.facesAfter(after, rows), 0, people.countFaces()))
                .orElseGet(() -> people.faces(paging.offset(), rows));
    }

    private Reply get(Call call) {
        return Reply.tagged(
                people.face(call.path("face_id", FaceId::parse))
                        .map(FaceJson::face)
                        .orElseThrow(FaceEndpoints::noFace));
    }

    private Reply change(Call call) throws IOException {
        Map<String, String> metadata =
                call.json().texts("metadata").orElseThrow(() -> JsonFields.missing("metadata"));
        return Reply.tagged(
                FaceJson.face(
                        people.updateFaceMetadata(
                                call.path("face_id", FaceId::parse),
                                metadata,
                                present -> call.ifMatch(FaceJson.face(present)))));
    }

    private Reply delete(Call call) {
        Face deleted =
                people.deleteFace(call.path("face_id", FaceId::parse))
                        .orElseThrow(FaceEndpoints::noFace);
        ObjectNode json = Json.object();
        json.put("success", true);
        json.put("face_id", deleted.id().toString());
        json.put("name", deleted.name());
        json.put("person_id", deleted.person().toString());
        return Reply.ok(json);
    }

    private Reply picture(Call call) {
        return people.picture(call.path("face_id", FaceId::parse))
                .map(jpeg -> (Reply) new Reply.Bytes("image/jpeg", jpeg.bytes(), 0))
                .orElseThrow(FaceEndpoints::noFace);
    }

    private static FacetException noFace() {
        return new FacetException(ErrorCode.NOT_FOUND, "there is no such face");
    }
}
