package io.facet.hub.api.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facet.hub.api.schema.Plain;
import io.facet.hub.api.schema.Schema;
import java.util.ArrayList;
import java.util.List;

/** The description of the API, made once from all endpoints, its own among them. */
final class OpenApiEndpoints {
    private static final String PATH = "/api/openapi.json";
    private static final Access ACCESS = new Access.SignedIn();
    private static final Spec SPEC =
            Spec.of("This description, as OpenAPI 3.1")
                    .gives(Schema.mapOf(Plain.ANY))
                    .rule(Spec.Rule.TAGGED);

    private final List<Endpoint> described;

    OpenApiEndpoints(List<Endpoint> others) {
        this.described = new ArrayList<>(others);
        this.described.add(Endpoint.get(PATH, ACCESS, SPEC, _ -> Reply.nothing()));
    }

    List<Endpoint> all() {
        ObjectNode document = OpenApi.of(described);
        return List.of(Endpoint.get(PATH, ACCESS, SPEC, _ -> Reply.tagged(document)));
    }
}
