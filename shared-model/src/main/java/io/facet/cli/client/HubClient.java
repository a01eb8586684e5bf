package io.facet.cli.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** A hub's REST API as a program sees it. Thread-safe. */
public final class HubClient {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Duration PATIENCE = Duration.ofHours(6);

    private final HttpClient http;
    private final URI base;
    private final String key;
    private final Duration timeout;

    /** A client of the hub at {@code base}, with an API key. */
    public HubClient(URI base, String key) {
        this(base, key, Optional.empty());
    }

    /** As above; {@code trust} instead of the JDK's own authorities. */
    public HubClient(URI base, String key, Optional<SSLContext> trust) {
        this(http(trust), base, key, TIMEOUT);
    }

    private static HttpClient http(Optional<SSLContext> trust) {
        HttpClient.Builder builder =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(Duration.ofSeconds(5));
        trust.ifPresent(builder::sslContext);
        return builder.build();
    }

    private HubClient(HttpClient http, URI base, String key, Duration timeout) {
        this.http = http;
        this.base = base;
        this.key = key;
        this.timeout = timeout;
    }

    /** The same, for calls that look at everything a hub has. */
    HubClient patient() {
        return new HubClient(http, base, key, PATIENCE);
    }

    /** What the hub answered. */
    public sealed interface Answer {
        /** A status below 300, and its JSON; a missing node for an empty body. */
        record Done(int status, JsonNode body) implements Answer {}

        /** A problem (RFC 9457): the hub's own code and sentence. */
        record Problem(int status, String code, String detail, JsonNode body) implements Answer {
            FacetException asException() {
                ErrorCode known = ErrorCode.INTERNAL;
                for (ErrorCode candidate : ErrorCode.values()) {
                    if (candidate.wireName().equals(code)) {
                        known = candidate;
                    }
                }
                return new FacetException(known, detail);
            }
        }

        /** The JSON of a success. */
        default JsonNode orThrow() {
            return switch (this) {
                case Done done -> done.body();
                case Problem problem -> throw problem.asException();
            };
        }
    }

    /** Enrols a picture under a name; {@code extra} are further fields of the call. */
    public Answer register(String name, byte[] image, Map<String, String> extra) {
        Map<String, Object> body = new LinkedHashMap<>(extra);
        body.put("name", name);
        body.put("image", Base64.getEncoder().encodeToString(image));
        return post("/api/faces/register", body);
    }

    /** Recognises every face of a picture. */
    public Answer recognize(byte[] image, Map<String, Object> options) {
        Map<String, Object> body = new LinkedHashMap<>(options);
        body.put("image", Base64.getEncoder().encodeToString(image));
        return post("/api/v1/recognize", body);
    }

    /** Any GET. */
    public Answer get(String path) {
        return send(request(path).GET().build());
    }

    /** Any POST of JSON. */
    public Answer post(String path, Map<String, ?> body) {
        return send(json(request(path), "POST", body));
    }

    /** Any PATCH of JSON, whatever the present state is. */
    Answer patch(String path, Map<String, ?> body) {
        return send(json(request(path).header("If-Match", "*"), "PATCH", body));
    }

    private static HttpRequest json(
            HttpRequest.Builder request, String method, Map<String, ?> body) {
        try {
            return request.header("Content-Type", "application/json")
                    .method(method, BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
                    .build();
        } catch (JsonProcessingException impossible) {
            throw new IllegalArgumentException(impossible);
        }
    }

    /** Any DELETE. */
    public Answer delete(String path) {
        return send(request(path).DELETE().build());
    }

    /** A POST of any length, sent as it is read; the answer may take its time. */
    Answer upload(String path, String contentType, InputStream body) {
        return send(
                HttpRequest.newBuilder(base.resolve(path))
                        .header("Authorization", "Bearer " + key)
                        .header("Accept", "application/json")
                        .header("Content-Type", contentType)
                        .POST(BodyPublishers.ofInputStream(() -> body))
                        .build());
    }

    /** A GET of a ZIP file into a new file; its bytes. */
    long download(String path, Path file) {
        HttpRequest request =
                request(path).setHeader("Accept", "application/zip, application/json").build();
        return call(() -> Download.to(file).from(http, request, HubClient::answer));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path))
                .timeout(timeout)
                .header("Authorization", "Bearer " + key)
                .header("Accept", "application/json");
    }

    private Answer send(HttpRequest request) {
        return call(() -> {
            HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
            return answer(response.statusCode(), response.body());
        });
    }

    /** A conversation with the hub. */
    private interface Conversation<T> {
        T hold() throws IOException, InterruptedException;
    }

    private <T> T call(Conversation<T> conversation) {
        try {
            return conversation.hold();
        } catch (HttpConnectTimeoutException unreachable) {
            throw away(unreachable);
        } catch (HttpTimeoutException busy) {
            throw new FacetException(
                    ErrorCode.UNAVAILABLE,
                    "the hub at "
                            + base
                            + " did not answer within "
                            + timeout.toSeconds()
                            + " seconds; whether it did what was asked is not known",
                    busy);
        } catch (IOException unreachable) {
            throw away(unreachable);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new FacetException(ErrorCode.UNAVAILABLE, "interrupted", stopped);
        }
    }

    private FacetException away(IOException cause) {
        return new FacetException(
                ErrorCode.UNAVAILABLE,
                "no hub answers at " + base + "; start one with ./facet up or ./facet hub",
                cause);
    }

    private static Answer answer(int status, byte[] bytes) {
        JsonNode body;
        try {
            body = JSON.readTree(bytes);
        } catch (IOException notJson) {
            body = JSON.missingNode();
        }
        return status < 300
                ? new Answer.Done(status, body)
                : new Answer.Problem(
                        status,
                        body.path("code").asText("http_" + status),
                        body.path("detail").asText("the hub answered " + status),
                        body);
    }
}
