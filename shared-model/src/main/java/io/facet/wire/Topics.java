package io.facet.wire;

import io.facet.model.AgentId;
import java.util.Optional;

/** The MQTT topics, all below {@code facet/v1/}. */
public final class Topics {
    public static final String PREFIX = "facet/v1/";
    public static final String HUB_INFO = PREFIX + "hub/info";
    public static final String GALLERY_HEAD = PREFIX + "gallery/head";

    private Topics() {}

    /** Agent to hub: EventBatch, QoS 1. */
    public static String events(AgentId agent) {
        return agent(agent, "events");
    }

    /** Hub to agent: EventAck, QoS 1. */
    public static String acks(AgentId agent) {
        return agent(agent, "acks");
    }

    /** Agent to hub: AgentState, QoS 1, retained; also the will. */
    public static String state(AgentId agent) {
        return agent(agent, "state");
    }

    /** Hub to agent: DesiredCameras, QoS 1, retained. */
    public static String desiredCameras(AgentId agent) {
        return agent(agent, "cameras/desired");
    }

    /** Hub to agent: DesiredSoftware, QoS 1, retained. */
    public static String desiredSoftware(AgentId agent) {
        return agent(agent, "software/desired");
    }

    /** Hub to agent: LiveRequest, QoS 0. */
    public static String liveRequest(AgentId agent) {
        return agent(agent, "live/request");
    }

    /** Agent to hub: Sealed LiveFrame, QoS 0. */
    public static String liveFrames(AgentId agent) {
        return agent(agent, "live/frames");
    }

    /** What the hub subscribes to, for a suffix such as {@code events}. */
    public static String ofEveryAgent(String suffix) {
        return PREFIX + "agents/+/" + suffix;
    }

    /** The agent a topic belongs to, when it belongs to one. */
    public static Optional<AgentId> agentOf(String topic) {
        String head = PREFIX + "agents/";
        int end = topic.indexOf('/', head.length());
        if (!topic.startsWith(head) || end < 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(new AgentId(topic.substring(head.length(), end)));
        } catch (IllegalArgumentException notAnAgent) {
            return Optional.empty();
        }
    }

    private static String agent(AgentId agent, String suffix) {
        return PREFIX + "agents/" + agent.value() + "/" + suffix;
    }
}
