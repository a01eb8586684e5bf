package io.facet.hub.api.rest;

import io.facet.hub.api.schema.Plain;
import io.facet.hub.api.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a call takes and gives, said once: the OpenAPI document is made from it, and the call reads
 * no other key than those declared here.
 *
 * @param query parameters of the address
 * @param body what is sent
 * @param status of a success
 * @param answer what a success holds
 * @param rules of concurrency and repetition
 */
public record Spec(
        String summary,
        List<Param> query,
        Optional<Body> body,
        int status,
        Answer answer,
        List<Rule> rules) {
    /** A parameter of the address. */
    public record Param(String name, Schema schema, boolean repeated, String about) {}

    /**
     * What is sent.
     *
     * @param file the field that holds a file when sent as a form; empty for plain JSON
     * @param raw the media type of bytes that are sent as they are, instead of all that
     */
    public record Body(Schema.Fields schema, Optional<String> file, Optional<String> raw) {}

    /** What is answered. */
    public sealed interface Answer {
        /** JSON of a shape. */
        record Json(Schema schema) implements Answer {}

        /** Bytes of a media type. */
        record Bytes(String mediaType) implements Answer {}

        /** Nothing. */
        record Nothing() implements Answer {}

        /** Where a browser goes next. */
        record Redirect() implements Answer {}
    }

    /** How a call behaves when repeated or made at the same time as another. */
    public enum Rule {
        /** The answer carries an ETag; a change takes If-Match. */
        TAGGED,
        /** A change without If-Match is refused. */
        NEEDS_IF_MATCH,
        /** The answer holds a secret and is never kept for Idempotency-Key. */
        SECRET,
        /** The body is too large to be looked at before it is read. */
        STREAMED,
        /** A GET that changes something all the same. */
        CHANGES
    }

    public Spec {
        query = List.copyOf(query);
        rules = List.copyOf(rules);
    }

    /** The start of a description: a call that answers 200 and any JSON, until more is said. */
    public static Spec of(String summary) {
        return new Spec(
                summary, List.of(), Optional.empty(), 200, new Answer.Json(Plain.ANY), List.of());
    }

    public Spec query(String name, Schema schema, String about) {
        return query(new Param(name, schema, false, about));
    }

    /** A parameter that may be given several times. */
    public Spec queries(String name, Schema schema, String about) {
        return query(new Param(name, schema, true, about));
    }

    private Spec query(Param param) {
        List<Param> more = new ArrayList<>(query);
        more.add(param);
        return new Spec(summary, more, body, status, answer, rules);
    }

    /** Offset, limit and cursor. */
    public Spec paged() {
        return query("offset", Plain.INTEGER, "rows to pass over; 0 unless given")
                .query("limit", Plain.INTEGER, "most rows")
                .query("cursor", Plain.TEXT, "next_cursor of the page before; not with offset");
    }

    public Spec takes(Schema.Fields schema) {
        return new Spec(
                summary,
                query,
                Optional.of(new Body(schema, Optional.empty(), Optional.empty())),
                status,
                answer,
                rules);
    }

    /** A form with a file, or JSON with the file as Base64. */
    public Spec takesFile(String field, Schema.Fields others) {
        return new Spec(
                summary,
                query,
                Optional.of(new Body(others, Optional.of(field), Optional.empty())),
                status,
                answer,
                rules);
    }

    /** Bytes of a media type. */
    public Spec takesBytes(String mediaType) {
        return new Spec(
                summary,
                query,
                Optional.of(new Body(Schema.object(), Optional.empty(), Optional.of(mediaType))),
                status,
                answer,
                rules);
    }

    public Spec gives(Schema schema) {
        return gives(200, schema);
    }

    public Spec gives(int success, Schema schema) {
        return new Spec(summary, query, body, success, new Answer.Json(schema), rules);
    }

    public Spec givesBytes(String mediaType) {
        return new Spec(summary, query, body, 200, new Answer.Bytes(mediaType), rules);
    }

    /** 200 and {@code success: true}. */
    public Spec givesSuccess() {
        return gives(Schema.object().with("success", Plain.TRUTH));
    }

    public Spec givesNothing() {
        return new Spec(summary, query, body, 204, new Answer.Nothing(), rules);
    }

    /** For a browser that goes there by itself: 303, to the page with the reason when refused. */
    public Spec sendsOn() {
        return new Spec(summary, query, body, 303, new Answer.Redirect(), rules);
    }

    public Spec rule(Rule rule) {
        List<Rule> more = new ArrayList<>(rules);
        more.add(rule);
        return new Spec(summary, query, body, status, answer, more);
    }

    boolean has(Rule rule) {
        return rules.contains(rule);
    }
}
