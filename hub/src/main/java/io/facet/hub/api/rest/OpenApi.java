package io.facet.hub.api.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facet.hub.api.json.Json;
import io.facet.hub.api.schema.Plain;
import io.facet.hub.api.schema.Schema;
import io.facet.hub.api.schema.Shapes;
import io.facet.hub.security.Role;
import io.helidon.http.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The OpenAPI 3.1 document of a list of endpoints. Stateless. */
final class OpenApi {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^}]+)}");
    private static final Set<Method> WRITES =
            Set.of(Method.POST, Method.PUT, Method.PATCH, Method.DELETE);
    private static final String JSON = "application/json";

    private OpenApi() {}

    static ObjectNode of(List<Endpoint> endpoints) {
        ObjectNode document = Json.object();
        document.put("openapi", "3.1.0");
        document.putObject("info")
                .put("title", "Facet hub")
                .put("version", "1")
                .put(
                        "description",
                        "JSON is snake_case, times are RFC 3339 in UTC. Errors are problem details"
                                + " (RFC 9457) with a stable code.");
        document.putArray("servers").addObject().put("url", "/");
        security(document);
        ObjectNode paths = document.putObject("paths");
        for (Endpoint endpoint : endpoints) {
            paths.withObject("/" + pointer(endpoint.path()))
                    .set(endpoint.method().text().toLowerCase(Locale.ROOT), operation(endpoint));
        }
        ObjectNode shapes = document.withObject("/components/schemas");
        Shapes.all().forEach((name, schema) -> shapes.set(name, schema.json()));
        return document;
    }

    private static String pointer(String path) {
        return path.replace("~", "~0").replace("/", "~1");
    }

    private static void security(ObjectNode document) {
        ObjectNode schemes = document.withObject("/components/securitySchemes");
        schemes.putObject("key").put("type", "apiKey").put("in", "header").put("name", "X-API-Key");
        schemes.putObject("bearer").put("type", "http").put("scheme", "bearer");
        schemes.putObject("session")
                .put("type", "apiKey")
                .put("in", "cookie")
                .put("name", Credentials.COOKIE);
        ArrayNode either = document.putArray("security");
        List.of("key", "bearer", "session").forEach(name -> either.addObject().putArray(name));
    }

    private static ObjectNode operation(Endpoint endpoint) {
        Spec spec = endpoint.spec();
        ObjectNode operation = Json.object();
        operation.put("summary", spec.summary());
        operation.put("operationId", id(endpoint));
        operation.putArray("tags").add(tag(endpoint.path()));
        access(operation, endpoint.access());
        ArrayNode parameters = operation.putArray("parameters");
        path(parameters, endpoint.path());
        spec.query().forEach(param -> query(parameters, param));
        headers(parameters, endpoint);
        spec.body().ifPresent(body -> body(operation.putObject("requestBody"), body));
        ObjectNode responses = operation.putObject("responses");
        success(responses.putObject(Integer.toString(spec.status())), spec);
        problem(responses.putObject("default"));
        return operation;
    }

    /** Such as {@code get_v1_people_person_id}. */
    private static String id(Endpoint endpoint) {
        String path = endpoint.path().replace("/api", "").replaceAll("[^A-Za-z0-9]+", "_");
        return endpoint.method().text().toLowerCase(Locale.ROOT)
                + (endpoint.path().startsWith("/api") ? "" : "_open")
                + path.replaceAll("_$", "");
    }

    private static String tag(String path) {
        String rest = path.replaceFirst("^/api/(v1/)?", "").replaceFirst("^/", "");
        return rest.split("[/.]", 2)[0];
    }

    private static void access(ObjectNode operation, Access access) {
        switch (access) {
            case Access.Open _ -> operation.putArray("security");
            case Access.SignedIn _ -> operation.put("x-permission", "signed_in");
            case Access.Needs needs -> {
                String name = needs.permission().name().toLowerCase(Locale.ROOT);
                operation.put("x-permission", name);
                ArrayNode roles = operation.putArray("x-roles");
                Arrays.stream(Role.values())
                        .filter(role -> role.permissions().contains(needs.permission()))
                        .map(Role::wireName)
                        .forEach(roles::add);
            }
        }
    }

    private static void path(ArrayNode parameters, String path) {
        Matcher names = PLACEHOLDER.matcher(path);
        while (names.find()) {
            boolean uuid = names.group(1).endsWith("_id") && !names.group(1).equals("agent_id");
            ObjectNode parameter = parameters.addObject();
            parameter.put("name", names.group(1)).put("in", "path").put("required", true);
            parameter.set("schema", (uuid ? Plain.ID : Plain.TEXT).json());
        }
    }

    private static void query(ArrayNode parameters, Spec.Param param) {
        ObjectNode parameter = parameters.addObject();
        parameter.put("name", param.name()).put("in", "query").put("description", param.about());
        parameter.set(
                "schema", (param.repeated() ? Schema.list(param.schema()) : param.schema()).json());
    }

    private static void headers(ArrayNode parameters, Endpoint endpoint) {
        Spec spec = endpoint.spec();
        boolean write = WRITES.contains(endpoint.method());
        if (write && !(endpoint.access() instanceof Access.Open)) {
            header(parameters, "Idempotency-Key", false, "repeats get the first answer for a day");
        }
        if (write && spec.has(Spec.Rule.TAGGED) && !endpoint.method().equals(Method.POST)) {
            header(
                    parameters,
                    "If-Match",
                    spec.has(Spec.Rule.NEEDS_IF_MATCH),
                    "the ETag of the state that is meant to be changed");
        }
        if (!write && spec.has(Spec.Rule.TAGGED)) {
            header(parameters, "If-None-Match", false, "answers 304 when nothing has changed");
        }
    }

    private static void header(ArrayNode parameters, String name, boolean required, String about) {
        ObjectNode parameter = parameters.addObject();
        parameter.put("name", name).put("in", "header").put("required", required);
        parameter.put("description", about);
        parameter.set("schema", Plain.TEXT.json());
    }

    private static void body(ObjectNode request, Spec.Body body) {
        request.put("required", true);
        ObjectNode content = request.putObject("content");
        if (body.raw().isPresent()) {
            content.putObject(body.raw().get()).set("schema", Plain.BINARY.json());
            return;
        }
        if (body.file().isPresent()) {
            String file = body.file().get();
            content.putObject("multipart/form-data")
                    .set("schema", withFile(body, file, Plain.BINARY).json());
            if (file.equals("image")) {
                content.putObject(JSON).set("schema", withFile(body, file, Plain.TEXT).json());
                return;
            }
        }
        content.putObject(JSON).set("schema", body.schema().json());
    }

    private static Schema withFile(Spec.Body body, String file, Schema as) {
        return body.schema().and(Schema.object().with(file, as));
    }

    private static void success(ObjectNode response, Spec spec) {
        switch (spec.answer()) {
            case Spec.Answer.Json json -> {
                response.put("description", "success");
                response.withObject("/content").putObject(JSON).set("schema", json.schema().json());
            }
            case Spec.Answer.Bytes bytes -> {
                response.put("description", "the file");
                response.withObject("/content")
                        .putObject(bytes.mediaType())
                        .set("schema", Plain.BINARY.json());
            }
            case Spec.Answer.Nothing _ -> response.put("description", "done, nothing to say");
            case Spec.Answer.Redirect _ ->
                    response.put(
                            "description",
                            "sent on; when refused, to the page with the error's code as sign_in");
        }
    }

    private static void problem(ObjectNode response) {
        response.put("description", "a problem");
        response.withObject("/content")
                .putObject(Problem.MEDIA_TYPE)
                .set("schema", Schema.ref("Problem").json());
    }
}
