package io.facet.hub.backup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a backup says of itself.
 *
 * @param schema the version of the tables
 * @param masterKeys names of the master keys that its data is under, which say nothing of the keys;
 *     none from before master keys had names
 */
public record Manifest(String schema, Set<String> masterKeys) {
    static final String NAME = "manifest.json";

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int FORMAT = 1;

    /** Copies. */
    public Manifest {
        masterKeys = Set.copyOf(masterKeys);
    }

    byte[] toJson() throws IOException {
        ObjectNode node = JSON.createObjectNode();
        node.put("format", FORMAT);
        node.put("schema", schema);
        new TreeSet<>(masterKeys).forEach(node.putArray("master_keys")::add);
        return JSON.writeValueAsBytes(node);
    }

    static Manifest read(byte[] json) throws IOException {
        JsonNode node = JSON.readTree(json);
        if (node.path("format").asInt() != FORMAT) {
            throw new FacetException(
                    ErrorCode.INVALID_ARGUMENT,
                    "this backup was made by a newer Facet; restore it with that one");
        }
        Set<String> keys = new TreeSet<>();
        node.path("master_keys").forEach(key -> keys.add(key.asText()));
        return new Manifest(node.path("schema").asText(), keys);
    }
}
