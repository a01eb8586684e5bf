package io.facet.edge.up;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.facet.cli.client.HubClient;
import io.facet.cli.client.HubClient.Answer;
import io.facet.cli.client.LocalPorts;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.tls.TrustedCa;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What {@code up} asks of the hub it has started. One thread. */
final class LocalHub {
    private static final Duration PATIENCE = Duration.ofMinutes(20);
    private static final Duration AGENT_PATIENCE = Duration.ofMinutes(2);
    private static final int PAGE = 100;

    private final Path data;
    private final URI address;
    private final HubClient client;

    private LocalHub(Path data, URI address, HubClient client) {
        this.data = data;
        this.address = address;
        this.client = client;
    }

    /**
     * Waits until the hub is ready.
     *
     * @param caFile whom to trust when the hub speaks TLS; empty for the usual authorities
     * @param say takes what the hub is busy with meanwhile: fetching models, for one
     * @throws FacetException when its process ends first, with what it said, or after 20 minutes
     */
    static LocalHub await(Path data, Child process, String caFile, Consumer<String> say)
            throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            process.relay(say);
            if (!process.alive()) {
                throw process.died();
            }
            LocalHub hub = ready(data, caFile);
            if (hub != null) {
                return hub;
            }
            Thread.sleep(100);
        }
        throw new FacetException(
                ErrorCode.UNAVAILABLE, "the hub was not ready after 20 minutes; see its log");
    }

    private static @Nullable LocalHub ready(Path data, String caFile) {
        try {
            JsonNode ports =
                    JsonMapper.builder().build().readTree(data.resolve("ports.json").toFile());
            String key = Files.readString(data.resolve("admin-key")).strip();
            URI address = LocalPorts.web(ports);
            if (address.getPort() < 1) {
                return null;
            }
            HubClient client = new HubClient(address, key, TrustedCa.configured(caFile));
            return client.get("/health/ready") instanceof Answer.Done
                    ? new LocalHub(data, address, client)
                    : null;
        } catch (IOException | FacetException notYet) {
            return null;
        }
    }

    URI address() {
        return address;
    }

    HubClient client() {
        return client;
    }

    /** Registers the agent once; its key stays in the agent's data folder. */
    void registerAgent(String agent, Path agentData) {
        Path keyFile = agentData.resolve("device-key");
        if (Files.exists(keyFile)) {
            return;
        }
        JsonNode device = client.post("/api/v1/devices", Map.of("agent_id", agent)).orThrow();
        try {
            Files.createDirectories(agentData);
            Path part = agentData.resolve("device-key.part");
            Files.deleteIfExists(part);
            Files.createFile(
                    part,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
            Files.writeString(part, device.path("device_key").asText());
            Files.move(part, keyFile);
        } catch (IOException failed) {
            throw new FacetException(
                    ErrorCode.INTERNAL, "the device key cannot be stored in " + keyFile, failed);
        }
    }

    /**
     * Waits until the agent says how it is.
     *
     * @return what it lacks; empty when it is ready, or when its process has ended
     */
    Optional<String> awaitAgent(String agent, Child process) throws InterruptedException {
        long deadline = System.nanoTime() + AGENT_PATIENCE.toNanos();
        while (process.alive()) {
            JsonNode device = device(agent);
            String reason = device.path("not_ready_reason").asText("");
            if (device.path("online").asBoolean() && device.path("ready").asBoolean()) {
                return Optional.empty();
            } else if (device.path("online").asBoolean() && !reason.isEmpty()) {
                return Optional.of(reason);
            } else if (System.nanoTime() > deadline) {
                return Optional.of("it has not reported yet; see its log");
            }
            Thread.sleep(100);
        }
        return Optional.empty();
    }

    private JsonNode device(String agent) {
        for (JsonNode device :
                client.get("/api/v1/devices?limit=" + PAGE).orThrow().path("devices")) {
            if (device.path("agent_id").asText().equals(agent)) {
                return device;
            }
        }
        return MissingNode.getInstance();
    }

    /** Whether somebody of this name has a face already. */
    boolean knows(String name) {
        for (int offset = 0; ; offset += PAGE) {
            JsonNode page =
                    client.get("/api/faces?offset=" + offset + "&limit=" + PAGE)
                            .orThrow()
                            .path("faces");
            for (JsonNode face : page) {
                if (face.path("name").asText().equals(name)) {
                    return true;
                }
            }
            if (page.size() < PAGE) {
                return false;
            }
        }
    }

    /** Adds a camera unless one of this name is there, whatever it shows. */
    void camera(String name, String agent, String source) {
        if (cameras(name).isEmpty()) {
            add(name, agent, source);
        }
    }

    /** The same, but one that shows something else is taken away first. */
    void onlyCamera(String name, String agent, String source) {
        boolean there = false;
        for (JsonNode camera : cameras(name)) {
            if (camera.path("url").asText().equals(source)) {
                there = true;
            } else {
                remove(camera);
            }
        }
        if (!there) {
            add(name, agent, source);
        }
    }

    /** Takes away the camera of this name, where there is one. */
    void noCamera(String name) {
        cameras(name).forEach(this::remove);
    }

    private List<JsonNode> cameras(String name) {
        List<JsonNode> named = new ArrayList<>();
        for (JsonNode camera : client.get("/api/cameras").orThrow().path("cameras")) {
            if (camera.path("name").asText().equals(name)) {
                named.add(camera);
            }
        }
        return named;
    }

    private void remove(JsonNode camera) {
        client.delete("/api/cameras/" + camera.path("camera_id").asText()).orThrow();
    }

    private void add(String name, String agent, String source) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("name", name);
        body.put("agent_id", agent);
        if (source.startsWith("/dev/video")) {
            body.put("device_id", Integer.parseInt(source.substring("/dev/video".length())));
        } else {
            body.put("url", source);
        }
        client.post("/api/cameras", body).orThrow();
    }

    Path keyFile() {
        return data.resolve("admin-key");
    }
}
