package io.facet.hub.oidc;

import com.nimbusds.jose.util.Resource;
import com.nimbusds.jose.util.ResourceRetriever;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPRequestSender;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * The library's way to the provider: by TLS or on this machine only, no redirects, bounded in time
 * and bytes. Thread-safe.
 */
final class ProviderHttp implements ResourceRetriever, HTTPRequestSender, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int MOST_BYTES = 512 * 1024;

    private final HttpClient client;

    ProviderHttp(Optional<SSLContext> trust) {
        HttpClient.Builder builder =
                HttpClient.newBuilder()
                        .connectTimeout(PATIENCE)
                        .followRedirects(HttpClient.Redirect.NEVER);
        trust.ifPresent(builder::sslContext);
        client = builder.build();
    }

    /** A document. */
    @Override
    public Resource retrieveResource(URL url) throws IOException {
        URI address = URI.create(url.toString());
        Answer answer = send(request(address).header("Accept", "application/json").GET().build());
        if (answer.status() != 200) {
            throw new IOException(address + " answered " + answer.status());
        }
        return new Resource(answer.body(), answer.type());
    }

    /** A request for tokens. */
    @Override
    public HTTPResponse send(ReadOnlyHTTPRequest asked) throws IOException {
        HttpRequest.Builder request = request(asked.getURI());
        asked.getHeaderMap()
                .forEach((name, values) -> values.forEach(value -> request.header(name, value)));
        boolean post = asked.getMethod() == HTTPRequest.Method.POST;
        String body = Optional.ofNullable(asked.getBody()).orElse("");
        Answer answer =
                send(
                        post
                                ? request.POST(BodyPublishers.ofString(body)).build()
                                : request.GET().build());
        HTTPResponse response = new HTTPResponse(answer.status());
        try {
            response.setContentType(answer.type());
        } catch (ParseException noType) {
            throw new IOException("the provider answered with no media type", noType);
        }
        response.setBody(answer.body());
        return response;
    }

    private record Answer(int status, String type, String body) {}

    private static HttpRequest.Builder request(URI address) throws IOException {
        if (!Addresses.isProtected(address)) {
            throw new IOException("the provider names an address without TLS: " + address);
        }
        return HttpRequest.newBuilder(address).timeout(PATIENCE);
    }

    private Answer send(HttpRequest request) throws IOException {
        try {
            HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
            try (InputStream in = response.body()) {
                byte[] bytes = in.readNBytes(MOST_BYTES + 1);
                if (bytes.length > MOST_BYTES) {
                    throw new IOException(request.uri() + " answered with too much");
                }
                return new Answer(
                        response.statusCode(),
                        response.headers().firstValue("Content-Type").orElse(""),
                        new String(bytes, StandardCharsets.UTF_8));
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("the hub is stopping", stopped);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
        client.close();
    }
}
