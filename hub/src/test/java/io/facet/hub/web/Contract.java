package io.facet.hub.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import io.facet.hub.web.Http.Answer;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Holds answers of a running hub against the description it serves of itself. */
final class Contract {
    private final JsonNode document;
    private final Set<String> seen = new HashSet<>();

    Contract(JsonNode document) {
        this.document = document;
    }

    /** Checks an answer to a call by its path as the document has it; problems too. */
    Answer check(String method, String path, Answer answer) {
        JsonNode operation =
                document.path("paths").path(path).path(method.toLowerCase(Locale.ROOT));
        assertThat(operation.isObject()).as(method + " " + path + " is described").isTrue();
        JsonNode responses = operation.path("responses");
        String status = Integer.toString(answer.status());
        boolean success = responses.has(status);
        JsonNode response = responses.path(success ? status : "default");
        if (!success) {
            assertThat(answer.status())
                    .as(method + " " + path + answer.text())
                    .isGreaterThanOrEqualTo(400);
        }
        JsonNode content = response.path("content");
        String type = answer.header("Content-Type").split(";", 2)[0];
        if (content.isObject()) {
            assertThat(content.has(type)).as(method + " " + path + " answers " + type).isTrue();
            if (type.endsWith("json")) {
                assertThat(violations(content.path(type).path("schema"), answer.json()))
                        .as(method + " " + path + " " + answer.text())
                        .isEmpty();
            }
        } else {
            assertThat(answer.response().body()).isEmpty();
        }
        if (success) {
            seen.add(method.toLowerCase(Locale.ROOT) + " " + path);
        }
        return answer;
    }

    private Set<String> violations(JsonNode schema, JsonNode value) {
        ObjectNode root = schema.deepCopy();
        root.set("components", document.path("components"));
        JsonSchema compiled =
                JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                        .getSchema(
                                root,
                                SchemaValidatorsConfig.builder()
                                        .formatAssertionsEnabled(true)
                                        .build());
        Set<String> violations = new TreeSet<>();
        compiled.validate(value).forEach(message -> violations.add(message.toString()));
        return violations;
    }

    /** Calls whose success was never seen here. */
    Set<String> unseen() {
        Set<String> unseen = new TreeSet<>();
        document.path("paths")
                .properties()
                .forEach(path ->
                        path.getValue()
                                .properties()
                                .forEach(operation -> {
                                    String name = operation.getKey() + " " + path.getKey();
                                    if (!seen.contains(name)) {
                                        unseen.add(name);
                                    }
                                }));
        return unseen;
    }
}
