package io.facet.hub.dashboard;

import io.helidon.common.media.type.MediaType;
import io.helidon.common.media.type.MediaTypes;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The page's files. Those under {@code /assets/} carry a hash in their name and may be kept for
 * ever; the others are asked for each time.
 */
public final class PageRoutes {
    private static final String ROOT = "/web";
    private static final Pattern SAFE = Pattern.compile("(/assets)?/[A-Za-z0-9_-][A-Za-z0-9._-]*");

    private PageRoutes() {}

    /**
     * Registers {@code /} and everything below it that no other route has taken; what is no file
     * goes on to the next route. Before the API, for {@code /api/docs} is a page.
     */
    public static void register(HttpRouting.Builder routing) {
        routing.get("/", (_, response) -> file("/index.html", response));
        routing.get("/api/docs", (_, response) -> file("/docs.html", response));
        routing.get("/*", PageRoutes::any);
        routing.get("/assets/*", PageRoutes::any);
    }

    private static void any(ServerRequest request, ServerResponse response) throws IOException {
        file(request.path().path(), response);
    }

    private static void file(String path, ServerResponse response) throws IOException {
        Optional<byte[]> bytes = SAFE.matcher(path).matches() ? read(path) : Optional.empty();
        if (bytes.isEmpty()) {
            response.next();
            return;
        }
        boolean hashed = path.startsWith("/assets/");
        response.header(HeaderNames.CONTENT_TYPE, type(path))
                .header(
                        HeaderNames.CACHE_CONTROL,
                        hashed ? "public, max-age=31536000, immutable" : "no-cache")
                .send(bytes.get());
    }

    private static String type(String path) {
        String type =
                MediaTypes.detectType(path).map(MediaType::text).orElse("application/octet-stream");
        return type.startsWith("text/") ? type + "; charset=UTF-8" : type;
    }

    private static Optional<byte[]> read(String path) throws IOException {
        try (InputStream in = PageRoutes.class.getResourceAsStream(ROOT + path)) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        }
    }
}
