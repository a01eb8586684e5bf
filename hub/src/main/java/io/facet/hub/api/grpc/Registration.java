package io.facet.hub.api.grpc;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.people.EnrolOutcome;
import io.facet.hub.people.Enrolment;
import io.facet.hub.people.Face;
import io.facet.hub.people.OnDuplicate;
import io.facet.hub.people.PeopleService;
import io.facet.model.FaceId;
import io.facet.model.PersonId;
import io.facet.model.Quality;
import io.facet.wire.rpc.v1.RegisterFaceRequest;
import io.facet.wire.rpc.v1.RegisterFaceResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Enrols a face. Thread-safe. */
record Registration(PeopleService people) {
    /**
     * Stores the face under the reserved id.
     *
     * @param again whether an earlier attempt may have stored it
     */
    RegisterFaceResponse register(Enrolment wish, UUID reserved, boolean again) {
        FaceId id = new FaceId(reserved);
        Optional<Face> there = again ? people.face(id) : Optional.empty();
        if (there.isPresent()) {
            // The answer of the attempt that was never heard of.
            return response(there.get(), people.facesOf(there.get().person()).size() == 1);
        }
        return switch (people.enrol(wish, id)) {
            case EnrolOutcome.Enrolled done -> response(done.face(), done.newPerson());
            case EnrolOutcome.Refused refused -> throw refused(refused);
            case EnrolOutcome.Duplicate duplicate -> throw duplicate(duplicate);
        };
    }

    static Enrolment wish(RegisterFaceRequest request) {
        return new Enrolment(
                Images.bytes(request.getImageData()),
                name(request.getName()),
                text(request.getPersonId()).map(PersonId::parse),
                text(request.getExternalId()),
                MetadataLimits.checked(request.getMetadataMap()),
                onDuplicate(request));
    }

    private static String name(String name) {
        if (name.isEmpty()) {
            throw new FacetException(ErrorCode.INVALID_ARGUMENT, "\"name\" is missing");
        }
        return name;
    }

    private static Optional<String> text(String text) {
        return Optional.of(text).filter(t -> !t.isEmpty());
    }

    private static OnDuplicate onDuplicate(RegisterFaceRequest request) {
        return switch (request.getOnDuplicate()) {
            case ON_DUPLICATE_UNSPECIFIED, ON_DUPLICATE_LINK -> OnDuplicate.LINK;
            case ON_DUPLICATE_REJECT -> OnDuplicate.REJECT;
            case ON_DUPLICATE_ALLOW -> OnDuplicate.ALLOW;
            case UNRECOGNIZED ->
                    throw new FacetException(
                            ErrorCode.INVALID_ARGUMENT, "on_duplicate is LINK, REJECT or ALLOW");
        };
    }

    private static RegisterFaceResponse response(Face face, boolean newPerson) {
        return RegisterFaceResponse.newBuilder()
                .setFaceId(face.id().toString())
                .setQualityScore(face.quality().overall())
                .setPersonId(face.person().toString())
                .setNewPerson(newPerson)
                .setQuality(FaceMessages.quality(face.quality()))
                .setAddedAt(FaceMessages.time(face.addedAt()))
                .build();
    }

    private static FacetException refused(EnrolOutcome.Refused refused) {
        Map<String, String> more = new HashMap<>();
        refused.quality().ifPresent(quality -> describe(quality, more));
        return new FacetException(refused.code(), refused.reason(), more);
    }

    private static void describe(Quality quality, Map<String, String> more) {
        List<Quality.Component> failed = quality.failures().toList();
        more.put("quality_score", Float.toString(quality.overall()));
        more.put(
                "failed",
                failed.stream().map(Quality.Component::key).collect(Collectors.joining(",")));
        for (Quality.Component c : failed) {
            more.put(c.key() + ".value", Float.toString(c.value()));
            more.put(c.key() + ".limit", Float.toString(c.limit()));
            more.put(c.key() + ".hint", c.hint());
        }
    }

    private static FacetException duplicate(EnrolOutcome.Duplicate duplicate) {
        return new FacetException(
                ErrorCode.ALREADY_EXISTS,
                "this face is enrolled already; use on_duplicate LINK with the person's name, or"
                        + " ALLOW",
                Map.of(
                        "candidate.face_id", duplicate.face().toString(),
                        "candidate.person_id", duplicate.person().toString(),
                        "candidate.name", duplicate.name(),
                        "candidate.confidence", Float.toString(duplicate.confidence()),
                        "candidate.similarity", Float.toString(duplicate.similarity())));
    }
}
