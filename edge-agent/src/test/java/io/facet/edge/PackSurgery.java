package io.facet.edge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Damage to a pack that its own manifests then vouch for. */
final class PackSurgery {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private PackSurgery() {}

    /** Changes a byte in the middle of a network, and its hash in the manifest. */
    static void changeAWeight(Path pack, String network) throws IOException {
        Path manifest = pack.resolve("networks/" + network + ".json");
        JsonNode json = JSON.readTree(manifest.toFile());
        ObjectNode onnx = (ObjectNode) json.get("onnx");
        String name = onnx.get("name").asText();
        String before = onnx.get("sha256").asText();
        Path file = pack.resolve("files/" + before.substring(0, 16) + "-" + name);
        byte[] weights = Files.readAllBytes(file);
        weights[weights.length / 2] ^= 0x10;
        String after = sha256(weights);
        Files.delete(file);
        Files.write(pack.resolve("files/" + after.substring(0, 16) + "-" + name), weights);
        onnx.put("sha256", after);
        Files.write(manifest, JSON.writeValueAsBytes(json));
    }

    private static String sha256(byte[] file) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
