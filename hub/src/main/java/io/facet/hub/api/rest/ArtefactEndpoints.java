package io.facet.hub.api.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.api.json.Json;
import io.facet.hub.api.schema.Plain;
import io.facet.hub.api.schema.Schema;
import io.facet.hub.security.Permission;
import io.facet.hub.software.Artefact;
import io.facet.hub.software.ArtefactService;
import io.facet.hub.software.Sha256;
import io.facet.model.AgentId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

/** Signed files for boxes: given to the hub, and fetched by the boxes that are to have them. */
final class ArtefactEndpoints {
    private static final String ALL = "/api/v1/artefacts";
    private static final String ONE = ALL + "/{sha256}";
    private static final String BYTES = "application/octet-stream";
    private static final Schema SHAPE = Schema.ref("Artefact");

    private final ArtefactService artefacts;

    ArtefactEndpoints(ArtefactService artefacts) {
        this.artefacts = artefacts;
    }

    List<Endpoint> all() {
        Access manage = new Access.Needs(Permission.MANAGE_SOFTWARE);
        Access box = new Access.Needs(Permission.SYNC_GALLERY);
        Spec add =
                Spec.of("Give the hub a release for its boxes; the same again changes nothing")
                        .takesBytes(BYTES)
                        .gives(201, SHAPE)
                        .rule(Spec.Rule.STREAMED);
        Spec models =
                Spec.of("Make a signed file of a model pack; the same pack makes the same file")
                        .takes(Schema.object().with("pack", Plain.TEXT))
                        .gives(201, SHAPE);
        Spec list =
                Spec.of("List artefacts, by SHA-256")
                        .paged()
                        .gives(Paging.shape("artefacts", SHAPE));
        Spec remove = Spec.of("Remove an artefact that nothing uses").givesNothing();
        Spec fetch =
                Spec.of("A file that this edge box is to have; Range resumes a transfer")
                        .givesBytes(BYTES);
        return List.of(
                Endpoint.post(ALL, manage, add, this::add),
                Endpoint.get(ALL, manage, list, this::list),
                Endpoint.post(ALL + "/models", manage, models, this::addModels),
                Endpoint.get(ONE, manage, Spec.of("Show an artefact").gives(SHAPE), this::get),
                Endpoint.delete(ONE, manage, remove, this::remove),
                Endpoint.get("/api/v1/sync/artefacts/{sha256}", box, fetch, this::fetch));
    }

    private Reply add(Call call) throws IOException {
        if (!call.isType(BYTES)) {
            throw Call.unsupported(BYTES);
        }
        try (InputStream in = call.body()) {
            return Reply.created(json(artefacts.add(in, call.principal().id())));
        }
    }

    private Reply addModels(Call call) throws IOException {
        String pack = call.json().requiredText("pack");
        return Reply.created(json(artefacts.addModels(pack, call.principal().id())));
    }

    private Reply list(Call call) {
        return Reply.ok(
                Paging.of(call, 100, 1000)
                        .cut(
                                "artefacts",
                                artefacts.list(),
                                artefact -> artefact.sha256().hex(),
                                this::json));
    }

    private Reply get(Call call) {
        return artefacts
                .get(sha256(call))
                .map(artefact -> Reply.ok(json(artefact)))
                .orElseThrow(ArtefactEndpoints::none);
    }

    private Reply remove(Call call) {
        if (!artefacts.remove(sha256(call))) {
            throw none();
        }
        return Reply.nothing();
    }

    private static Sha256 sha256(Call call) {
        return call.path("sha256", Sha256::new);
    }

    private static FacetException none() {
        return new FacetException(ErrorCode.NOT_FOUND, "there is no such artefact");
    }

    private Reply fetch(Call call) {
        Sha256 sha256 = sha256(call);
        AgentId box = new AgentId(call.principal().id());
        return new Reply.Resource(
                BYTES, "\"" + sha256.hex() + "\"", () -> opened(artefacts.hand(box, sha256)));
    }

    private static Reply.Resource.Opened opened(ArtefactService.Handed handed) {
        return new Reply.Resource.Opened() {
            @Override
            public Path file() {
                return handed.file();
            }

            @Override
            public void close() {
                handed.close();
            }
        };
    }

    private ObjectNode json(Artefact artefact) {
        ObjectNode json = Json.object();
        json.put("sha256", artefact.sha256().hex());
        json.put("product", artefact.product());
        json.put("version", artefact.version());
        json.put("architecture", artefact.architecture());
        json.put("size", artefact.size());
        artefact.space().ifPresent(space -> json.put("space_id", space));
        json.put("added_by", artefact.addedBy());
        json.put("added_at", Json.time(artefact.addedAt()));
        json.put("here", artefacts.isHere(artefact.sha256()));
        return json;
    }
}
