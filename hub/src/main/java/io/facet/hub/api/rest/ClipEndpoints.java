package io.facet.hub.api.rest;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.events.EventClips;
import io.facet.hub.security.Permission;
import io.facet.model.AgentId;
import io.facet.model.EventId;
import io.facet.wire.SealedWire;
import java.io.IOException;
import java.util.List;

/** Films around events: boxes bring them, people watch them. */
final class ClipEndpoints {
    static final String WEBM = "video/webm";
    private static final String PROTOBUF = "application/x-protobuf";

    private final EventClips clips;

    ClipEndpoints(EventClips clips) {
        this.clips = clips;
    }

    List<Endpoint> all() {
        Spec put =
                Spec.of("Bring the film around an event, a sealed message; 409 until it is known")
                        .givesNothing()
                        .rule(Spec.Rule.STREAMED);
        Spec get = Spec.of("The seconds around an event, as a film; takes Range").givesBytes(WEBM);
        return List.of(
                Endpoint.put(
                        "/api/v1/sync/clips/{event_id}",
                        new Access.Needs(Permission.SYNC_GALLERY),
                        put,
                        this::put),
                Endpoint.get(
                        "/api/v1/events/{event_id}/clip",
                        new Access.Needs(Permission.READ_EVENTS),
                        get,
                        this::get));
    }

    private Reply put(Call call) throws IOException {
        if (!call.isType(PROTOBUF)) {
            throw Call.unsupported(PROTOBUF);
        }
        EventId event = call.path("event_id", EventId::parse);
        clips.take(
                event,
                new AgentId(call.principal().id()),
                Bodies.read(call, SealedWire.MOST_CLIP_BYTES));
        return Reply.nothing();
    }

    private Reply get(Call call) {
        return clips.film(call.path("event_id", EventId::parse), call.sites())
                .map(film -> (Reply) new Reply.Film(WEBM, film))
                .orElseThrow(
                        () -> new FacetException(ErrorCode.NOT_FOUND, "this event has no film"));
    }
}
