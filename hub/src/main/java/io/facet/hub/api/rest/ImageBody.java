package io.facet.hub.api.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A picture and its fields: a form with the picture as a file, or JSON with it as Base64, or (where
 * there are no required fields) the bare picture.
 */
final class ImageBody {
    private static final String IMAGE = "image";

    private final byte[] image;
    private final int mostBytes;
    private final Optional<Form> form;
    private final Optional<JsonFields> json;

    private ImageBody(byte[] image, Optional<Form> form, Optional<JsonFields> json, int mostBytes) {
        this.mostBytes = mostBytes;
        this.image = image;
        this.form = form;
        this.json = json;
    }

    static ImageBody read(Call call, Set<String> fields, int mostBytes) throws IOException {
        return read(call, fields, Set.of(IMAGE), mostBytes);
    }

    /** The same with more pictures, which are read by {@link #image(String)}. */
    static ImageBody read(Call call, Set<String> fields, Set<String> pictures, int mostBytes)
            throws IOException {
        Set<String> known = new HashSet<>(fields);
        known.addAll(pictures);
        if (call.isType("multipart/form-data")) {
            Form form = Form.read(call, known, pictures, mostBytes);
            byte[] image = form.bytes(IMAGE).orElseThrow(() -> JsonFields.missing(IMAGE));
            return new ImageBody(image, Optional.of(form), Optional.empty(), mostBytes);
        }
        if (call.isType("application/json")) {
            // Base64 takes four bytes for three.
            JsonFields json = call.json(known, pictures.size() * (mostBytes / 3L * 4) + 128 * 1024);
            byte[] image = json.bytes(IMAGE);
            if (image.length > mostBytes) {
                throw Bodies.tooLarge(mostBytes);
            }
            return new ImageBody(image, Optional.empty(), Optional.of(json), mostBytes);
        }
        throw Call.unsupported("multipart/form-data", "application/json");
    }

    byte[] image() {
        if (image.length == 0) {
            throw JsonFields.missing(IMAGE);
        }
        return image;
    }

    /** Whether a field was sent. */
    boolean has(String field) {
        return form.isPresent()
                ? form.get().bytes(field).isPresent()
                : json.filter(j -> j.has(field)).isPresent();
    }

    /** Another picture beside the main one; as large as it may be. */
    byte[] image(String field) {
        byte[] bytes =
                form.isPresent()
                        ? form.get().bytes(field).orElseThrow(() -> JsonFields.missing(field))
                        : json.orElseThrow().bytes(field);
        if (bytes.length == 0) {
            throw JsonFields.missing(field);
        }
        if (bytes.length > mostBytes) {
            throw Bodies.tooLarge(mostBytes);
        }
        return bytes;
    }

    Optional<String> text(String field) {
        Optional<String> text =
                form.isPresent() ? form.get().text(field) : json.flatMap(j -> j.text(field));
        return text.filter(value -> !value.isEmpty());
    }

    OptionalDouble number(String field) {
        if (json.isPresent()) {
            return json.get().number(field);
        }
        Optional<String> text = text(field);
        return text.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(parse(field, text.get()));
    }

    OptionalInt integer(String field) {
        if (json.isPresent()) {
            return json.get().integer(field);
        }
        OptionalDouble number = number(field);
        return number.isEmpty() ? OptionalInt.empty() : OptionalInt.of((int) number.getAsDouble());
    }

    /** An object of texts; in a form it is JSON text. */
    Map<String, String> texts(String field) {
        if (json.isPresent()) {
            return json.get().texts(field).orElse(Map.of());
        }
        Optional<ObjectNode> object = text(field).map(text -> JsonFields.parseObject(field, text));
        return object.map(JsonFields::texts).orElse(Map.of());
    }

    private static double parse(String field, String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException notANumber) {
            throw new io.facet.error.FacetException(
                    io.facet.error.ErrorCode.INVALID_ARGUMENT,
                    "\"" + field + "\" must be a number",
                    notANumber);
        }
    }
}
