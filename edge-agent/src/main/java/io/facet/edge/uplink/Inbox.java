package io.facet.edge.uplink;

import com.google.protobuf.InvalidProtocolBufferException;
import io.facet.error.FacetException;
import io.facet.model.AgentId;
import io.facet.wire.Topics;
import io.facet.wire.v1.EventAck;
import io.facet.wire.v1.GalleryHead;
import io.facet.wire.v1.HubInfo;
import io.facet.wire.v1.LiveRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sorts what arrives from the hub. Stateless but for its handlers. */
final class Inbox {
    private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);

    /** What is done with one kind of message. */
    @FunctionalInterface
    interface Handler {
        void handle(byte[] message) throws InvalidProtocolBufferException;
    }

    private final AgentId agent;
    private final Map<String, Handler> handlers = new LinkedHashMap<>();
    private final Retained retained;

    /** Where messages go; each is called on the client library's thread, one at a time. */
    interface Handlers {
        void acknowledged(EventAck ack);

        void hub(HubInfo info);

        void galleryHead(GalleryHead head);

        void desiredCameras(byte[] message);

        void desiredSoftware(byte[] message);

        void live(LiveRequest request);
    }

    Inbox(AgentId agent, Handlers to) {
        this.agent = agent;
        this.retained =
                new Retained(
                        Set.of(
                                Topics.HUB_INFO,
                                Topics.GALLERY_HEAD,
                                Topics.desiredCameras(agent),
                                Topics.desiredSoftware(agent)));
        handlers.put(Topics.HUB_INFO, m -> to.hub(HubInfo.parseFrom(m)));
        handlers.put(Topics.GALLERY_HEAD, m -> to.galleryHead(GalleryHead.parseFrom(m)));
        handlers.put(Topics.acks(agent), m -> to.acknowledged(EventAck.parseFrom(m)));
        handlers.put(Topics.desiredCameras(agent), to::desiredCameras);
        handlers.put(Topics.desiredSoftware(agent), to::desiredSoftware);
        handlers.put(Topics.liveRequest(agent), m -> to.live(LiveRequest.parseFrom(m)));
    }

    /** What to subscribe to. */
    Map<String, Link.Quality> subscriptions() {
        Map<String, Link.Quality> wanted = new LinkedHashMap<>();
        handlers.keySet().forEach(topic -> wanted.put(topic, Link.Quality.AT_LEAST_ONCE));
        wanted.put(Topics.liveRequest(agent), Link.Quality.AT_MOST_ONCE);
        return wanted;
    }

    /** What the hub keeps at the broker for this agent. */
    Retained retained() {
        return retained;
    }

    /** A message has arrived; one that is malformed is logged and passed over. */
    void arrived(String topic, byte[] message) {
        retained.heard(topic);
        Handler handler = handlers.get(topic);
        if (handler == null || message.length == 0) {
            return;
        }
        try {
            handler.handle(message);
        } catch (InvalidProtocolBufferException malformed) {
            LOG.warn("a malformed message on {} is passed over", topic);
        } catch (FacetException refused) {
            LOG.warn("a message on {} is passed over: {}", topic, refused.reason());
        }
    }
}
