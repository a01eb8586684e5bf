package io.facet.hub.api.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.api.json.Json;
import io.facet.hub.api.schema.Plain;
import io.facet.hub.api.schema.Schema;
import io.facet.hub.enrolments.EnrolmentJob;
import io.facet.hub.enrolments.EnrolmentResult;
import io.facet.hub.enrolments.EnrolmentService;
import io.facet.hub.enrolments.PeopleExport;
import io.facet.hub.people.OnDuplicate;
import io.facet.hub.people.PeopleService;
import io.facet.hub.security.Permission;
import io.facet.model.Uuid7;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Many pictures at once, in and out. */
final class EnrolmentEndpoints {
    private static final String ALL = "/api/v1/enrolments";
    private static final String ONE = ALL + "/{job_id}";
    private static final Schema JOB = Schema.ref("EnrolmentJob");

    private final EnrolmentService jobs;
    private final PeopleExport export;

    EnrolmentEndpoints(EnrolmentService jobs, PeopleService people) {
        this.jobs = jobs;
        this.export = new PeopleExport(people);
    }

    List<Endpoint> all() {
        Access manage = new Access.Needs(Permission.MANAGE_PEOPLE);
        Spec start =
                Spec.of("Enrol the pictures of a ZIP file, or of a folder of the server")
                        .takesFile(
                                "file",
                                Schema.object()
                                        .maybe("folder", Plain.TEXT)
                                        .maybe(
                                                "on_duplicate",
                                                Schema.words("link", "reject", "allow")))
                        .gives(202, JOB)
                        .rule(Spec.Rule.STREAMED);
        Spec list =
                Spec.of("List enrolment jobs, newest first")
                        .paged()
                        .gives(Paging.shape("enrolments", JOB));
        Spec results =
                Spec.of("List the results of a job, in the order of its pictures")
                        .paged()
                        .gives(Paging.shape("results", Schema.ref("EnrolmentResult")));
        Spec people =
                Spec.of("Everybody and their pictures as a ZIP file that can be enrolled again")
                        .givesBytes("application/zip");
        return List.of(
                Endpoint.post(ALL, manage, start, this::start),
                Endpoint.get(ALL, manage, list, this::list),
                Endpoint.get(ONE, manage, Spec.of("Show a job").gives(JOB), this::get),
                Endpoint.get(ONE + "/results", manage, results, this::results),
                Endpoint.delete(
                        ONE,
                        manage,
                        Spec.of("End a job after the picture it is at").gives(JOB),
                        this::cancel),
                Endpoint.get(
                        "/api/v1/export/people.zip",
                        new Access.Needs(Permission.EXPORT_PEOPLE),
                        people,
                        _ -> new Reply.Stream("application/zip", "people.zip", export::write)));
    }

    private Reply start(Call call) throws IOException {
        String by = call.principal().id();
        if (call.isType("application/json")) {
            JsonFields body = call.json();
            return accepted(
                    jobs.startFolder(
                            body.requiredText("folder"), rule(body.text("on_duplicate")), by));
        }
        if (!call.isType("multipart/form-data")) {
            throw Call.unsupported("multipart/form-data", "application/json");
        }
        Bodies.checkDeclared(call.request(), EnrolmentService.MOST_BYTES + 1_000_000);
        return accepted(
                Form.stream(
                        call,
                        call.declared(),
                        "file",
                        (before, file) -> jobs.start(file, rule(before.text("on_duplicate")), by)));
    }

    private static OnDuplicate rule(Optional<String> text) {
        return text.map(EnrolCall::onDuplicate).orElse(OnDuplicate.LINK);
    }

    private static Reply accepted(EnrolmentJob job) {
        return new Reply.Json(202, json(job), Optional.empty());
    }

    private Reply list(Call call) {
        Paging paging = Paging.of(call, 50, 1000);
        return Reply.ok(
                paging.page(
                        "enrolments",
                        jobs.list(
                                paging.after().map(Uuid7::parse),
                                paging.offset(),
                                paging.limit() + 1),
                        jobs.count(),
                        job -> job.id().toString(),
                        EnrolmentEndpoints::json));
    }

    private Reply get(Call call) {
        return Reply.ok(json(job(call)));
    }

    private Reply results(Call call) {
        EnrolmentJob job = job(call);
        Paging paging = Paging.of(call, 100, 1000);
        int after = paging.after().map(Integer::parseInt).orElse((int) paging.offset());
        return Reply.ok(
                paging.page(
                        "results",
                        jobs.results(job.id(), after, paging.limit() + 1),
                        job.enrolled() + job.refused(),
                        result -> Integer.toString(result.number()),
                        EnrolmentEndpoints::json));
    }

    private Reply cancel(Call call) {
        EnrolmentJob job = job(call);
        if (!jobs.cancel(job.id())) {
            throw new FacetException(ErrorCode.CONFLICT, "this job does not run any more");
        }
        return Reply.ok(json(job(call)));
    }

    private EnrolmentJob job(Call call) {
        UUID id = call.path("job_id", Uuid7::parse);
        return jobs.get(id)
                .orElseThrow(() -> new FacetException(ErrorCode.NOT_FOUND, "there is no such job"));
    }

    private static ObjectNode json(EnrolmentJob job) {
        ObjectNode json = Json.object();
        json.put("job_id", job.id().toString());
        json.put("state", job.state().wireName());
        json.put("started_by", job.by());
        json.put("started_at", Json.time(job.startedAt()));
        json.put("ended_at", job.endedAt().map((Instant at) -> Json.time(at)).orElse(null));
        if (job.total().isPresent()) {
            json.put("total", job.total().getAsInt());
        } else {
            json.putNull("total");
        }
        json.put("done", job.enrolled() + job.refused());
        json.put("enrolled", job.enrolled());
        json.put("refused", job.refused());
        json.put("failure", job.failure().orElse(null));
        return json;
    }

    private static ObjectNode json(EnrolmentResult result) {
        ObjectNode json = Json.object();
        json.put("number", result.number());
        json.put("file", result.file());
        json.put("outcome", result.outcome());
        json.put("detail", result.detail());
        result.face().ifPresent(face -> json.put("face_id", face.toString()));
        result.person().ifPresent(person -> json.put("person_id", person.toString()));
        return json;
    }
}
