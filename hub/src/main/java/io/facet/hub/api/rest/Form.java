package io.facet.hub.api.rest;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.fileupload2.core.AbstractFileUpload;
import org.apache.commons.fileupload2.core.DiskFileItem;
import org.apache.commons.fileupload2.core.DiskFileItemFactory;
import org.apache.commons.fileupload2.core.FileItemInput;
import org.apache.commons.fileupload2.core.FileItemInputIterator;
import org.apache.commons.fileupload2.core.FileUploadException;
import org.apache.commons.fileupload2.core.FileUploadSizeException;
import org.apache.commons.fileupload2.core.RequestContext;

/** A {@code multipart/form-data} body, held in memory within limits; nothing touches the disk. */
final class Form {
    private static final int MAX_PARTS = 20;
    private static final int MAX_TEXT = 64 * 1024;

    private final Map<String, byte[]> parts;

    private Form(Map<String, byte[]> parts) {
        this.parts = parts;
    }

    /**
     * Reads a form with these fields and no other.
     *
     * @param pictureField the one field that may be large
     */
    static Form read(ServerRequest request, Set<String> known, String pictureField, int mostBytes)
            throws IOException {
        Bodies.checkDeclared(request, mostBytes + 2L * MAX_TEXT);
        try {
            return new Form(parts(request, known, pictureField, mostBytes));
        } catch (FileUploadSizeException _) {
            throw Bodies.tooLarge(mostBytes);
        } catch (FileUploadException malformed) {
            throw new FacetException(
                    ErrorCode.INVALID_ARGUMENT, "the body is not a well-formed form", malformed);
        }
    }

    private static Map<String, byte[]> parts(
            ServerRequest request, Set<String> known, String pictureField, int mostBytes)
            throws IOException {
        Map<String, byte[]> parts = new HashMap<>();
        FileItemInputIterator items = new Upload(mostBytes).getItemIterator(request);
        while (items.hasNext()) {
            FileItemInput item = items.next();
            String name = Optional.ofNullable(item.getFieldName()).orElse("");
            if (!known.contains(name)) {
                throw JsonFields.invalid(
                        "unknown form field; known here: "
                                + String.join(", ", known.stream().sorted().toList()));
            }
            int most = name.equals(pictureField) ? mostBytes : MAX_TEXT;
            try (InputStream in = item.getInputStream()) {
                byte[] bytes = in.readNBytes(most + 1);
                if (bytes.length > most) {
                    throw Bodies.tooLarge(most);
                }
                parts.put(name, bytes);
            }
        }
        return parts;
    }

    Optional<String> text(String field) {
        return Optional.ofNullable(parts.get(field))
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    Optional<byte[]> bytes(String field) {
        return Optional.ofNullable(parts.get(field));
    }

    /** The library's parser, fed by Helidon; only its streaming half is used. */
    private static final class Upload
            extends AbstractFileUpload<ServerRequest, DiskFileItem, DiskFileItemFactory> {
        Upload(int mostBytes) {
            setMaxSize(mostBytes + 2L * MAX_TEXT);
            setMaxFileCount(MAX_PARTS);
            setMaxPartHeaderSize(4096);
            setHeaderCharset(StandardCharsets.UTF_8);
        }

        @Override
        public FileItemInputIterator getItemIterator(ServerRequest request)
                throws FileUploadException, IOException {
            return getItemIterator(new Source(request));
        }

        @Override
        public Map<String, List<DiskFileItem>> parseParameterMap(ServerRequest request) {
            throw new UnsupportedOperationException("forms are read as streams");
        }

        @Override
        public List<DiskFileItem> parseRequest(ServerRequest request) {
            throw new UnsupportedOperationException("forms are read as streams");
        }
    }

    private record Source(ServerRequest request) implements RequestContext {
        @Override
        public String getCharacterEncoding() {
            return StandardCharsets.UTF_8.name();
        }

        @Override
        public long getContentLength() {
            return request.headers().contentLength().orElse(-1);
        }

        @Override
        public String getContentType() {
            return request.headers().first(HeaderNames.CONTENT_TYPE).orElse("");
        }

        @Override
        public InputStream getInputStream() {
            return request.content().inputStream();
        }

        @Override
        public boolean isMultipartRelated() {
            return false;
        }
    }
}
