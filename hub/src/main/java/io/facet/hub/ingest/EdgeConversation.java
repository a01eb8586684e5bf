package io.facet.hub.ingest;

import io.facet.crypto.SealingKeyPair;
import io.facet.hub.cameras.CameraListener;
import io.facet.hub.cameras.CameraStates;
import io.facet.hub.cameras.CameraStore;
import io.facet.hub.cameras.LiveFrames;
import io.facet.hub.devices.DeviceStore;
import io.facet.hub.devices.Devices;
import io.facet.hub.devices.Presence;
import io.facet.hub.events.EventService;
import io.facet.hub.monitor.QueueState;
import io.facet.hub.mqtt.BrokerEndpoint;
import io.facet.hub.mqtt.MqttLink;
import io.facet.hub.people.GalleryListener;
import io.facet.hub.software.SoftwareListener;
import io.facet.hub.software.SoftwareWishes;
import io.facet.model.AgentId;
import io.facet.model.SiteScope;
import io.facet.wire.Topics;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The hub's end of the conversation with every edge box, over the broker.
 *
 * <p>Made first, because services announce through it; {@link #open} begins the conversation when
 * the services are there. Thread-safe.
 */
public final class EdgeConversation implements AutoCloseable {
    private static final String EVENTS = "events";
    private static final String STATE = "state";
    private static final String LIVE = "live/frames";

    private final Parts parts;
    private final Announcer announcer;
    private final LiveRelay live;
    private final Workers workers = new Workers();
    private volatile @Nullable SilenceWatch silence;
    private volatile @Nullable MqttLink link;

    /** What the conversation is made of. */
    public record Parts(
            UUID hubId,
            String version,
            SealingKeyPair keys,
            DeviceStore devices,
            CameraStore cameras,
            SoftwareWishes software,
            CameraStates states,
            Presence presence,
            LongSupplier galleryHead,
            IngestObserver observer,
            InstantSource clock) {}

    public EdgeConversation(Parts parts) {
        this.parts = parts;
        this.live = new LiveRelay(this::publish, parts.keys(), parts.cameras(), parts.presence());
        this.announcer =
                new Announcer(
                        this::publish,
                        Announcer.info(parts.hubId(), parts.keys(), parts.version()),
                        parts.cameras(),
                        parts.software(),
                        () ->
                                parts.devices().list(SiteScope.ALL).stream()
                                        .map(DeviceStore.Stored::agent)
                                        .toList(),
                        parts.galleryHead());
    }

    /** To be told of every gallery revision. */
    public GalleryListener galleryListener() {
        return announcer;
    }

    /** To be told of every change of cameras. */
    public CameraListener cameraListener() {
        return announcer;
    }

    /** To be told when a box is to run something else. */
    public SoftwareListener softwareListener() {
        return announcer;
    }

    /**
     * A box was cut off: what it said of being there, and the broker kept, is taken back. Its will
     * may not be sent any more.
     */
    public void parted(AgentId agent) {
        announcer.parted(agent);
    }

    public LiveFrames live() {
        return live;
    }

    /** Whether the broker is reached just now. */
    public boolean isConnected() {
        MqttLink present = link;
        return present != null && present.isConnected();
    }

    /** What waits to be taken in; nothing is ever dropped, the rest waits at the broker. */
    public QueueState inbox() {
        return new QueueState(workers.depth(), Workers.CAPACITY, 0);
    }

    /**
     * Connects, in the background and for good, and takes in what boxes say.
     *
     * @param reported told after a box said how it is
     */
    public void open(
            BrokerEndpoint broker,
            EventService events,
            Devices devices,
            Consumer<AgentId> reported) {
        EventInbox eventInbox =
                new EventInbox(
                        events,
                        agent -> parts.devices().get(agent).map(DeviceStore.Stored::site),
                        parts.keys(),
                        this::publish,
                        parts.observer(),
                        parts.clock());
        StateInbox stateInbox =
                new StateInbox(
                        devices, parts.cameras(), parts.states(), parts.presence(), reported);
        SilenceWatch watch =
                new SilenceWatch(
                        parts.presence(),
                        SilenceWatch.LONGEST,
                        agent -> workers.submit(agent, () -> stateInbox.silent(agent), () -> {}));
        silence = watch;
        watch.start();
        MqttLink.Settings settings =
                new MqttLink.Settings(
                        broker,
                        "facet-hub-" + parts.hubId(),
                        List.of(
                                new MqttLink.Subscription(Topics.ofEveryAgent(EVENTS), 1),
                                new MqttLink.Subscription(Topics.ofEveryAgent(STATE), 1),
                                new MqttLink.Subscription(Topics.ofEveryAgent(LIVE), 0)));
        link = MqttLink.open(settings, new Router(eventInbox, stateInbox, watch));
    }

    private boolean publish(String topic, byte[] payload, int qos, boolean retained) {
        MqttLink present = link;
        return present != null && present.publish(topic, payload, qos, retained);
    }

    @Override
    public void close() {
        SilenceWatch watch = silence;
        if (watch != null) {
            watch.close();
        }
        live.close();
        announcer.close();
        workers.close();
        MqttLink present = link;
        if (present != null) {
            present.close();
        }
    }

    /** Topics to inboxes. */
    private final class Router implements MqttLink.Receiver {
        private final EventInbox events;
        private final StateInbox states;
        private final SilenceWatch silence;

        Router(EventInbox events, StateInbox states, SilenceWatch silence) {
            this.events = events;
            this.states = states;
            this.silence = silence;
        }

        @Override
        public void message(MqttLink.Message message, Runnable done) {
            String topic = message.topic();
            byte[] payload = message.payload();
            AgentId agent = Topics.agentOf(topic).orElse(null);
            if (agent == null) {
                done.run();
            } else if (topic.equals(Topics.events(agent))) {
                workers.submit(agent, () -> events.take(agent, payload), done);
            } else if (topic.equals(Topics.state(agent))) {
                workers.submit(agent, () -> states.take(agent, payload, !message.kept()), done);
            } else {
                live.take(agent, payload);
                done.run();
            }
        }

        @Override
        public void connected() {
            silence.listening();
            announcer.everything();
        }

        @Override
        public void disconnected() {
            // Boxes may well be connected; their wills tell when they are not.
            silence.deaf();
        }
    }
}
