package io.facet.hub.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** Calls a hub as any program would. */
public final class Http {
    static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient client;
    private final URI base;

    public Http(int port) {
        this(URI.create("http://127.0.0.1:" + port), Optional.empty());
    }

    Http(URI base, Optional<SSLContext> trust) {
        HttpClient.Builder builder = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1);
        trust.ifPresent(builder::sslContext);
        this.client = builder.build();
        this.base = base;
    }

    /** An answer. */
    public record Answer(int status, HttpResponse<byte[]> response) {
        public JsonNode json() {
            try {
                return JSON.readTree(response.body());
            } catch (IOException notJson) {
                throw new AssertionError(text(), notJson);
            }
        }

        public String text() {
            return new String(response.body(), StandardCharsets.UTF_8);
        }

        String code() {
            return json().path("code").asText();
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    public Answer get(String path, String... headers) {
        return send("GET", path, BodyPublishers.noBody(), headers);
    }

    /** The beginning of an answer that goes on; then hangs up. */
    Answer beginning(String path, int bytes, String... headers) {
        HttpRequest request = HttpRequest.newBuilder(base.resolve(path)).headers(headers).build();
        try {
            HttpResponse<byte[]> response =
                    client.send(
                            request,
                            _ ->
                                    BodySubscribers.mapping(
                                            BodySubscribers.ofInputStream(),
                                            body -> first(body, bytes)));
            return new Answer(response.statusCode(), response);
        } catch (IOException | InterruptedException broken) {
            throw new AssertionError(path, broken);
        }
    }

    private static byte[] first(InputStream body, int bytes) {
        try (body) {
            return body.readNBytes(bytes);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    Answer delete(String path, String... headers) {
        return send("DELETE", path, BodyPublishers.noBody(), headers);
    }

    public Answer json(String method, String path, Map<String, ?> body, String... headers) {
        try {
            return raw(method, path, "application/json", JSON.writeValueAsBytes(body), headers);
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    Answer raw(String method, String path, String type, byte[] body, String... headers) {
        String[] all = new String[headers.length + 2];
        all[0] = "Content-Type";
        all[1] = type;
        System.arraycopy(headers, 0, all, 2, headers.length);
        return send(method, path, BodyPublishers.ofByteArray(body), all);
    }

    /** A form with one file called {@code image} and text fields. */
    public Answer form(String path, Map<String, String> fields, byte[] image, String... headers) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        fields.forEach((name, value) -> {
            line(body, "--boundary7");
            line(body, "Content-Disposition: form-data; name=\"" + name + "\"");
            line(body, "");
            line(body, value);
        });
        line(body, "--boundary7");
        line(body, "Content-Disposition: form-data; name=\"image\"; filename=\"a.png\"");
        line(body, "Content-Type: image/png");
        line(body, "");
        body.writeBytes(image);
        line(body, "");
        line(body, "--boundary7--");
        return raw(
                "POST",
                path,
                "multipart/form-data; boundary=boundary7",
                body.toByteArray(),
                headers);
    }

    /** A form with one ZIP file called {@code file}. */
    Answer upload(String path, byte[] zip, String... headers) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        line(body, "--boundary8");
        line(body, "Content-Disposition: form-data; name=\"file\"; filename=\"a.zip\"");
        line(body, "Content-Type: application/zip");
        line(body, "");
        body.writeBytes(zip);
        line(body, "");
        line(body, "--boundary8--");
        return raw(
                "POST",
                path,
                "multipart/form-data; boundary=boundary8",
                body.toByteArray(),
                headers);
    }

    private static void line(ByteArrayOutputStream body, String text) {
        body.writeBytes((text + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    Answer send(String method, String path, BodyPublisher body, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(base.resolve(path)).method(method, body);
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<byte[]> response =
                    client.send(request.build(), BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), response);
        } catch (IOException | InterruptedException broken) {
            throw new AssertionError(method + " " + path, broken);
        }
    }
}
