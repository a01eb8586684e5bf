package io.facet.hub.api.rest;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.helidon.http.HeaderNames;
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
     * @param pictureFields the fields that may be large
     */
    static Form read(Call call, Set<String> known, Set<String> pictureFields, int mostBytes)
            throws IOException {
        Bodies.checkDeclared(call.request(), most(pictureFields, mostBytes));
        try {
            return new Form(parts(call, known, pictureFields, mostBytes));
        } catch (FileUploadSizeException _) {
            throw Bodies.tooLarge(mostBytes);
        } catch (FileUploadException malformed) {
            throw new FacetException(
                    ErrorCode.INVALID_ARGUMENT, "the body is not a well-formed form", malformed);
        }
    }

    private static long most(Set<String> pictureFields, int mostBytes) {
        return (long) pictureFields.size() * mostBytes + 2L * MAX_TEXT;
    }

    private static Map<String, byte[]> parts(
            Call call, Set<String> known, Set<String> pictureFields, int mostBytes)
            throws IOException {
        Map<String, byte[]> parts = new HashMap<>();
        FileItemInputIterator items =
                new Upload(most(pictureFields, mostBytes)).getItemIterator(call);
        while (items.hasNext()) {
            FileItemInput item = items.next();
            String name = Optional.ofNullable(item.getFieldName()).orElse("");
            if (!known.contains(name)) {
                throw JsonFields.invalid(
                        "unknown form field; known here: "
                                + String.join(", ", known.stream().sorted().toList()));
            }
            int most = pictureFields.contains(name) ? mostBytes : MAX_TEXT;
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

    /** Takes the one file of a form while it comes in. */
    interface FileTaker<T> {
        /** Reads the file; the text fields that came before it are there. */
        T take(Form before, InputStream file) throws IOException;
    }

    /**
     * Hands over a file of any size as it comes; text fields come before it.
     *
     * @throws FacetException {@code INVALID_ARGUMENT} without such a file
     */
    static <T> T stream(Call call, Set<String> known, String fileField, FileTaker<T> taker)
            throws IOException {
        Map<String, byte[]> texts = new HashMap<>();
        try {
            FileItemInputIterator items = new Upload(-1).getItemIterator(call);
            while (items.hasNext()) {
                FileItemInput item = items.next();
                String name = Optional.ofNullable(item.getFieldName()).orElse("");
                try (InputStream in = item.getInputStream()) {
                    if (name.equals(fileField)) {
                        return taker.take(new Form(texts), in);
                    }
                    if (!known.contains(name)) {
                        throw JsonFields.invalid(
                                "unknown form field; known here, before the file: "
                                        + String.join(", ", known.stream().sorted().toList()));
                    }
                    texts.put(name, in.readNBytes(MAX_TEXT));
                }
            }
        } catch (FileUploadException malformed) {
            throw new FacetException(
                    ErrorCode.INVALID_ARGUMENT, "the body is not a well-formed form", malformed);
        }
        throw JsonFields.missing(fileField);
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
            extends AbstractFileUpload<Call, DiskFileItem, DiskFileItemFactory> {
        Upload(long mostBytes) {
            setMaxSize(mostBytes);
            setMaxFileCount(MAX_PARTS);
            setMaxPartHeaderSize(4096);
            setHeaderCharset(StandardCharsets.UTF_8);
        }

        @Override
        public FileItemInputIterator getItemIterator(Call call)
                throws FileUploadException, IOException {
            return getItemIterator(new Source(call));
        }

        @Override
        public Map<String, List<DiskFileItem>> parseParameterMap(Call call) {
            throw new UnsupportedOperationException("forms are read as streams");
        }

        @Override
        public List<DiskFileItem> parseRequest(Call call) {
            throw new UnsupportedOperationException("forms are read as streams");
        }
    }

    private record Source(Call call) implements RequestContext {
        @Override
        public String getCharacterEncoding() {
            return StandardCharsets.UTF_8.name();
        }

        @Override
        public long getContentLength() {
            return call.request().headers().contentLength().orElse(-1);
        }

        @Override
        public String getContentType() {
            return call.request().headers().first(HeaderNames.CONTENT_TYPE).orElse("");
        }

        @Override
        public InputStream getInputStream() {
            return call.body();
        }

        @Override
        public boolean isMultipartRelated() {
            return false;
        }
    }
}
