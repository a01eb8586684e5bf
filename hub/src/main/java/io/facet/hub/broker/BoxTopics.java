package io.facet.hub.broker;

import io.facet.model.AgentId;
import io.facet.wire.Topics;
import java.util.List;

/** A box's own topics, and their direction; it may use no others. */
public final class BoxTopics {
    private BoxTopics() {}

    /** What a box says. */
    public static List<String> said(AgentId agent) {
        return List.of(Topics.events(agent), Topics.state(agent), Topics.liveFrames(agent));
    }

    /** What a box hears. */
    public static List<String> heard(AgentId agent) {
        return List.of(
                Topics.acks(agent),
                Topics.desiredCameras(agent),
                Topics.desiredSoftware(agent),
                Topics.liveRequest(agent),
                Topics.HUB_INFO,
                Topics.GALLERY_HEAD);
    }
}
