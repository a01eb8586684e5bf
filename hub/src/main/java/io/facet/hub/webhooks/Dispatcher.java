package io.facet.hub.webhooks;

import io.facet.config.FacetConfig;
import io.facet.error.FacetException;
import io.facet.hub.monitor.QueueState;
import io.facet.hub.webhooks.DeliveryStore.Content;
import io.facet.hub.webhooks.DeliveryStore.Outbound;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Empties the outbox: one virtual thread per webhook with something due, so that a slow receiver
 * holds up nobody else, and one delivery of a webhook at a time, oldest first. A delivery is taken
 * for a lease; what a killed hub had in hand is taken again when that is over. Thread-safe.
 */
public final class Dispatcher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
    private static final Duration IDLE = Duration.ofSeconds(1);
    private static final Duration TIDY = Duration.ofSeconds(30);

    private final WebhookStore webhooks;
    private final DeliveryStore store;
    private final Bodies bodies;
    private final FacetConfig.Webhooks config;
    private final Reach reach;
    private final Sender sender;
    private final InstantSource clock;
    private final Outcome outcome;
    private final Set<UUID> busy = ConcurrentHashMap.newKeySet();
    private final Set<Thread> workers = ConcurrentHashMap.newKeySet();
    private final AtomicLong overflown = new AtomicLong();
    private final AtomicReference<QueueState> queue;
    private final Thread loop = Thread.ofVirtual().name("webhooks").unstarted(this::run);
    private Instant tidied = Instant.MIN;
    private final BlockingQueue<Boolean> wakes = new ArrayBlockingQueue<>(1);
    private volatile boolean closed;

    /** Told of every attempt: {@code delivered}, {@code retried} or {@code dead}. */
    @FunctionalInterface
    public interface Outcome {
        void of(String outcome);
    }

    public Dispatcher(
            WebhookStore webhooks,
            DeliveryStore store,
            Bodies bodies,
            FacetConfig.Webhooks config,
            Outcome outcome,
            InstantSource clock) {
        this.webhooks = webhooks;
        this.store = store;
        this.bodies = bodies;
        this.config = config;
        this.outcome = outcome;
        this.clock = clock;
        this.reach = new Reach(config.allowPrivate());
        this.sender = new Sender(config.timeout());
        this.queue = new AtomicReference<>(new QueueState(0, config.maxWaiting(), 0));
    }

    /** Delivers until it is closed. */
    public void start() {
        loop.start();
    }

    /** Something new may wait. */
    public void wake() {
        var _ = wakes.offer(true);
    }

    /** The fullest webhook's outbox, as of the last look. */
    public QueueState queue() {
        return queue.get();
    }

    private void run() {
        while (!closed) {
            try {
                tidy();
                store.due(clock.instant()).stream().filter(busy::add).forEach(this::serve);
            } catch (FacetException away) {
                LOG.debug("webhooks wait: {}", away.reason());
            } catch (RuntimeException defect) {
                report("a round of webhooks failed", defect);
            }
            pause();
        }
    }

    private void pause() {
        try {
            var _ = wakes.poll(IDLE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            closed = true;
        }
    }

    /** Keeps the outbox within its bounds. */
    private void tidy() {
        Instant now = clock.instant();
        if (tidied.isAfter(now.minus(TIDY))) {
            return;
        }
        tidied = now;
        int dead = store.bound(config.maxWaiting(), now);
        if (dead > 0) {
            LOG.warn("{} deliveries are dead letters because too many wait", dead);
        }
        store.forget(now.minus(config.keep()));
        queue.set(new QueueState(store.fullest(), config.maxWaiting(), overflown.addAndGet(dead)));
    }

    private void serve(UUID webhook) {
        Thread worker = Thread.ofVirtual().name("webhook").unstarted(() -> deliverAll(webhook));
        workers.add(worker);
        worker.start();
    }

    private void deliverAll(UUID webhook) {
        try {
            Optional<Outbound> next = take(webhook);
            while (!closed && next.isPresent()) {
                deliver(webhook, next.get());
                next = take(webhook);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } catch (FacetException away) {
            LOG.debug("a webhook waits: {}", away.reason());
        } catch (RuntimeException defect) {
            report("webhook " + webhook + " failed", defect);
        } finally {
            workers.remove(Thread.currentThread());
            busy.remove(webhook);
        }
    }

    /** A call that the end of the hub interrupted is no defect. */
    private void report(String what, RuntimeException defect) {
        if (closed) {
            LOG.debug(what, defect);
        } else {
            LOG.error(what, defect);
        }
    }

    private Optional<Outbound> take(UUID webhook) {
        return store.take(webhook, clock.instant(), config.timeout().multipliedBy(2));
    }

    private void deliver(UUID webhook, Outbound delivery) throws InterruptedException {
        Optional<Webhook> target = webhooks.find(webhook).filter(Webhook::active);
        Optional<byte[]> secret = webhooks.secret(webhook);
        if (target.isEmpty() || secret.isEmpty()) {
            // Removed with its deliveries, or paused: they wait for its return.
            return;
        }
        Optional<byte[]> body = body(delivery);
        if (body.isEmpty()) {
            fail(delivery, OptionalInt.empty(), "the event is gone", true);
            return;
        }
        Sender.Result result = attempt(target.get(), secret.get(), delivery, body.get());
        if (result.delivered()) {
            store.delivered(delivery.id(), result.status().orElse(0), clock.instant());
            outcome.of("delivered");
        } else {
            fail(delivery, result.status(), result.error(), false);
        }
    }

    private Optional<byte[]> body(Outbound delivery) {
        Optional<byte[]> data =
                switch (delivery.content()) {
                    case Content.Stored stored -> bodies.of(stored.event());
                    case Content.Body body -> Optional.of(body.json());
                };
        return data.map(json -> envelope(delivery, json));
    }

    /** Ids and names are of a small alphabet and need no escaping. */
    private static byte[] envelope(Outbound delivery, byte[] data) {
        String head =
                "{\"delivery_id\":\""
                        + delivery.id()
                        + "\",\"event\":\""
                        + delivery.type()
                        + "\",\"created_at\":\""
                        + delivery.createdAt()
                        + "\",\"data\":";
        byte[] start = head.getBytes(StandardCharsets.UTF_8);
        byte[] all = new byte[start.length + data.length + 1];
        System.arraycopy(start, 0, all, 0, start.length);
        System.arraycopy(data, 0, all, start.length, data.length);
        all[all.length - 1] = '}';
        return all;
    }

    private Sender.Result attempt(Webhook target, byte[] secret, Outbound delivery, byte[] body)
            throws InterruptedException {
        try {
            reach.check(target.url());
        } catch (FacetException moved) {
            return new Sender.Result(false, OptionalInt.empty(), moved.reason());
        }
        return sender.post(
                target.url(),
                body,
                Map.of(
                        Signature.HEADER,
                        Signature.of(secret, clock.instant(), body),
                        "Facet-Event",
                        delivery.type(),
                        "Facet-Delivery",
                        delivery.id().toString(),
                        "Facet-Attempt",
                        Integer.toString(delivery.attempts() + 1)));
    }

    private void fail(Outbound delivery, OptionalInt status, String error, boolean forGood) {
        Instant now = clock.instant();
        int attempts = delivery.attempts() + 1;
        boolean dead = forGood || attempts >= config.maxAttempts();
        Optional<Instant> next = dead ? Optional.empty() : Optional.of(now.plus(wait(attempts)));
        store.failed(delivery.id(), status, error, next, now);
        outcome.of(dead ? "dead" : "retried");
    }

    private Duration wait(int attempts) {
        double seconds = config.firstBackoff().toMillis() / 1e3 * Math.pow(3, attempts - 1);
        double longest = config.maxBackoff().toMillis() / 1e3;
        return Duration.ofMillis(Math.round(1e3 * Math.min(seconds, longest)));
    }

    @Override
    public void close() {
        closed = true;
        wake();
        loop.interrupt();
        workers.forEach(Thread::interrupt);
        join(loop);
        workers.forEach(Dispatcher::join);
        sender.close();
    }

    private static void join(Thread thread) {
        if (thread.getState() == Thread.State.NEW) {
            return;
        }
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
