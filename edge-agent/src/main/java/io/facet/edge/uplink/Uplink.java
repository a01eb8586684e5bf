package io.facet.edge.uplink;

import io.facet.edge.camera.CameraFleet;
import io.facet.edge.outbox.Outbox;
import io.facet.error.FacetException;
import io.facet.model.AgentId;
import io.facet.wire.v1.EventAck;
import io.facet.wire.v1.GalleryHead;
import io.facet.wire.v1.HubInfo;
import io.facet.wire.v1.LiveRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the conversation with the hub going.
 *
 * <pre>
 *   away --connect, subscribe, birth--> connected --(state, events)--> connected
 *     ^------- back-off, 0.5 s to 30 s ------ connection lost ------------'
 * </pre>
 *
 * <p>The broker's address is asked for anew at every attempt, as a hub may come back elsewhere. One
 * thread of its own; thread-safe.
 */
public final class Uplink implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Uplink.class);
    private static final Duration STATE_EVERY = Duration.ofSeconds(30);
    private static final Duration STATE_AT_MOST_EVERY = Duration.ofMillis(200);
    private static final Duration LAST_FLUSH = Duration.ofSeconds(5);

    private final Parts parts;
    private final Supplier<MqttEndpoint> endpoint;
    private final LongConsumer galleryHead;
    private final EventPump pump;
    private final StateReport state;
    private final LiveStreamer live;
    private final Inbox inbox;
    private final Signal signal = new Signal();
    private final Backoff backoff = new Backoff();
    private final Thread thread;
    private volatile boolean closing;
    private volatile boolean connected;
    private volatile boolean stateChanged;
    private volatile String trouble = "not connected yet";

    /**
     * What the uplink speaks for.
     *
     * @param version of the agent
     * @param software takes a DesiredSoftware; must not block
     * @param nanos the monotonic clock
     */
    public record Parts(
            AgentId agent,
            UUID boot,
            String version,
            Outbox outbox,
            HubKey hubKey,
            ClockOffset clockOffset,
            CameraFleet fleet,
            DesiredCamerasFile cameras,
            Consumer<byte[]> software,
            Supplier<Vitals> vitals,
            InstantSource clock,
            LongSupplier nanos) {}

    /**
     * Starts connecting.
     *
     * @param endpoint the broker; may throw FacetException while it is not known
     * @param galleryHead told the hub's gallery revision; must not block
     */
    public Uplink(Parts parts, Supplier<MqttEndpoint> endpoint, LongConsumer galleryHead) {
        this.parts = parts;
        this.endpoint = endpoint;
        this.galleryHead = galleryHead;
        this.pump =
                new EventPump(
                        parts.agent(),
                        parts.outbox(),
                        parts.hubKey(),
                        parts.clockOffset(),
                        parts.clock(),
                        parts.nanos());
        this.state =
                new StateReport(
                        parts.agent(),
                        parts.boot(),
                        parts.version(),
                        parts.vitals(),
                        parts.outbox()::stats,
                        parts.clock());
        this.live = new LiveStreamer(parts.agent(), parts.fleet()::live, parts.hubKey());
        this.inbox = new Inbox(parts.agent(), new FromHub());
        parts.outbox().onRecorded(signal::give);
        parts.fleet().onChange(this::stateChanged);
        this.thread = Thread.ofPlatform().name("uplink").start(this::run);
    }

    /** Tells the hub soon how the agent is now. */
    public void stateChanged() {
        stateChanged = true;
        signal.give();
    }

    /** Whether the broker is connected; otherwise {@link #trouble} says why not. */
    public boolean connected() {
        return connected;
    }

    /** One sentence for people; empty while connected. */
    public String trouble() {
        return connected ? "" : trouble;
    }

    private void run() {
        while (!closing) {
            try {
                converse();
                backoff.reset();
            } catch (FacetException failure) {
                if (!failure.reason().equals(trouble)) {
                    LOG.warn("{}; trying on", failure.reason());
                }
                trouble = failure.reason();
            } catch (InterruptedException _) {
                LOG.debug("uplink interrupted");
            } catch (RuntimeException defect) {
                LOG.error("the uplink failed and starts again", defect);
            }
            pause();
        }
    }

    private void pause() {
        try {
            if (!closing) {
                Thread.sleep(backoff.next());
            }
        } catch (InterruptedException _) {
            LOG.debug("uplink woken");
        }
    }

    /** One connection, from birth to its loss or to our death. */
    private void converse() throws InterruptedException {
        MqttEndpoint at = endpoint.get();
        MqttLink.Setup setup =
                new MqttLink.Setup(
                        parts.agent().value(),
                        state.gone(),
                        inbox.subscriptions(),
                        inbox::arrived,
                        signal::give);
        inbox.retained().connecting(parts.nanos().getAsLong());
        try (Link link = MqttLink.open(at, setup)) {
            LOG.info("connected to the broker at {}", at.url());
            connected = true;
            live.over(Optional.of(link));
            pump.connected();
            stateChanged = true;
            talk(link);
            sayGoodbye(link);
            trouble = "the connection to the broker was lost";
        } finally {
            connected = false;
            live.over(Optional.empty());
        }
    }

    private void talk(Link link) throws InterruptedException {
        long reported = parts.nanos().getAsLong() - STATE_EVERY.toNanos();
        while (link.up() && !closing) {
            Duration since = Duration.ofNanos(parts.nanos().getAsLong() - reported);
            boolean due = stateChanged && since.compareTo(STATE_AT_MOST_EVERY) >= 0;
            if (due || since.compareTo(STATE_EVERY) >= 0) {
                stateChanged = false;
                reported = parts.nanos().getAsLong();
                link.publish(state.alive());
            }
            askAgain(link);
            Duration wait = pump.step(link);
            signal.await(
                    stateChanged && wait.compareTo(STATE_AT_MOST_EVERY) > 0
                            ? STATE_AT_MOST_EVERY
                            : wait);
        }
    }

    private void askAgain(Link link) {
        Set<String> unheard = inbox.retained().due(parts.nanos().getAsLong());
        if (!unheard.isEmpty()) {
            LOG.debug("asking again for {}", unheard);
            link.subscribeAgain(unheard);
        }
    }

    /** Sends what is left, as far as the hub takes it in time, and that the agent is gone. */
    private void sayGoodbye(Link link) throws InterruptedException {
        long end = parts.nanos().getAsLong() + LAST_FLUSH.toNanos();
        while (link.up() && !pump.idle() && parts.nanos().getAsLong() < end) {
            pump.step(link);
            signal.await(Duration.ofMillis(100));
        }
        if (link.up()) {
            link.publishAndWait(state.gone());
        }
    }

    /** Sends what is left, says good-bye, ends. */
    @Override
    public void close() {
        closing = true;
        signal.give();
        try {
            if (!thread.join(LAST_FLUSH.plusSeconds(1))) {
                thread.interrupt();
                thread.join();
            }
        } catch (InterruptedException _) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
        live.close();
    }

    /** Messages of the hub, on the client library's thread. */
    private final class FromHub implements Inbox.Handlers {
        @Override
        public void acknowledged(EventAck ack) {
            pump.acknowledged(ack);
            signal.give();
        }

        @Override
        public void hub(HubInfo info) {
            parts.hubKey().accept(info.getSealingPublicKey().toByteArray(), info.getOpensSalted());
            signal.give();
        }

        @Override
        public void galleryHead(GalleryHead head) {
            galleryHead.accept(head.getRevision());
        }

        @Override
        public void desiredCameras(byte[] message) {
            parts.fleet().desire(parts.cameras().accept(message));
        }

        @Override
        public void desiredSoftware(byte[] message) {
            parts.software().accept(message);
        }

        @Override
        public void live(LiveRequest request) {
            live.requested(request);
        }
    }
}
