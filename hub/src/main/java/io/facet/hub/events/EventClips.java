package io.facet.hub.events;

import com.google.protobuf.InvalidProtocolBufferException;
import io.facet.crypto.AtRest;
import io.facet.crypto.SealingKeyPair;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.model.AgentId;
import io.facet.model.EventId;
import io.facet.model.SiteScope;
import io.facet.wire.SealedWire;
import io.facet.wire.v1.Sealed;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;

/** Films around events: taken from boxes, shown to people. Thread-safe. */
public final class EventClips {
    /** The beginning of every WebM file. */
    private static final byte[] EBML = {0x1a, 0x45, (byte) 0xdf, (byte) 0xa3};

    private final ClipStore store;
    private final SealingKeyPair keys;
    private final InstantSource clock;

    /**
     * Films of a store.
     *
     * @param keys what boxes seal to
     */
    public EventClips(ClipStore store, SealingKeyPair keys, InstantSource clock) {
        this.store = store;
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * Takes a film; when this returns, it is on disk. An event that has one keeps it.
     *
     * @param sealed a {@link Sealed} of purpose {@link SealedWire#CLIP}
     * @throws FacetException {@code INVALID_ARGUMENT} when it is no film for that event, {@code
     *     CONFLICT} when no such event came from that box so far, {@code GONE} when it never will
     *     be kept
     */
    public void take(EventId event, AgentId from, byte[] sealed) {
        byte[] film = open(event, sealed);
        switch (store.put(event, from, film, clock.instant().truncatedTo(ChronoUnit.MICROS))) {
            case KEPT -> {}
            case UNKNOWN_EVENT ->
                    throw new FacetException(
                            ErrorCode.CONFLICT,
                            "this box has sent no event of that id so far; send the event first");
            case GONE ->
                    throw new FacetException(
                            ErrorCode.GONE, "the event was deleted, or has no film; forget it");
        }
    }

    private byte[] open(EventId event, byte[] sealed) {
        byte[] film;
        try {
            film =
                    SealedWire.open(
                            keys,
                            SealedWire.CLIP,
                            AtRest.bytes(event.value()),
                            Sealed.parseFrom(sealed));
        } catch (InvalidProtocolBufferException malformed) {
            throw new FacetException(
                    ErrorCode.INVALID_ARGUMENT, "the film is no sealed message", malformed);
        }
        if (film.length < EBML.length
                || !Arrays.equals(film, 0, EBML.length, EBML, 0, EBML.length)) {
            throw new FacetException(ErrorCode.INVALID_ARGUMENT, "the film is no WebM file");
        }
        return film;
    }

    /** The film of an event, WebM; empty when there is none, or its person was erased. */
    public Optional<byte[]> film(EventId event, SiteScope sites) {
        return store.film(event, sites);
    }
}
