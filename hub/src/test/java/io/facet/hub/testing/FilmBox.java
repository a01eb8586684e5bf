package io.facet.hub.testing;

import io.facet.crypto.AtRest;
import io.facet.crypto.Sealing;
import io.facet.hub.services.HubServices;
import io.facet.model.AgentId;
import io.facet.model.EventId;
import io.facet.model.SiteId;
import io.facet.wire.SealedWire;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A registered box that seals films to its hub as a real one does. */
public final class FilmBox {
    private final AgentId agent;
    private final String key;
    private final Sealing hub;

    private FilmBox(AgentId agent, String key, Sealing hub) {
        this.agent = agent;
        this.key = key;
        this.hub = hub;
    }

    /** Registers a box and asks the hub for its public key. */
    public static FilmBox at(HubServices services, String name) throws Exception {
        AgentId agent = new AgentId(name);
        String key = services.devices().register(agent, SiteId.DEFAULT).key().reveal();
        try (TestBox box = TestBox.connect(agent, key, services.mqtt())) {
            byte[] spki = box.hubInfo().getSealingPublicKey().toByteArray();
            return new FilmBox(agent, key, Sealing.to(spki));
        }
    }

    public AgentId agent() {
        return agent;
    }

    /** What it signs in with. */
    public String[] credential() {
        return new String[] {"Authorization", "Bearer " + key};
    }

    /** A film as it travels. */
    public byte[] sealed(EventId event, byte[] film) {
        return SealedWire.seal(hub, SealedWire.CLIP, AtRest.bytes(event.value()), film)
                .toByteArray();
    }

    /** What the hub takes for a film: WebM's beginning and some words. */
    public static byte[] film(String words) {
        byte[] text = words.getBytes(StandardCharsets.UTF_8);
        byte[] film =
                Arrays.copyOf(new byte[] {0x1a, 0x45, (byte) 0xdf, (byte) 0xa3}, 4 + text.length);
        System.arraycopy(text, 0, film, 4, text.length);
        return film;
    }
}
