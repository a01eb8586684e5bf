package io.facet.bench;

import io.facet.hub.events.HubEvent;
import io.facet.model.AgentId;
import io.facet.model.Box;
import io.facet.model.CameraId;
import io.facet.model.EventId;
import io.facet.model.FaceId;
import io.facet.model.Liveness;
import io.facet.model.PersonId;
import io.facet.model.SiteId;
import io.facet.model.TrackId;
import java.lang.management.ManagementFactory;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Publishes recognitions to many viewers in two ways. First as fast as all of them keep up: a new
 * event goes out when one of the last {@link #WINDOW} has reached everybody; that gives the rate.
 * Then at a steady rate well below, which gives the latencies. A number in the event's id tells
 * which one a viewer got.
 */
final class SocketIoBench implements AutoCloseable {
    private static final int WINDOW = 16;
    private static final int MOST_EVENTS = 2_000_000;
    private static final int CONNECTING_AT_ONCE = 50;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String ID = "\"event_id\":\"";
    private static final int UUID_LENGTH = 36;
    private static final int NUMBER_LENGTH = 12;

    private final int clients;
    private final BenchHub hub = new BenchHub();
    private final ExecutorService pool = Executors.newFixedThreadPool(2);
    private final HttpClient http = HttpClient.newBuilder().executor(pool).build();
    private final List<BenchViewer> viewers = new ArrayList<>();
    private final AtomicLongArray published = new AtomicLongArray(MOST_EVENTS);
    private final AtomicIntegerArray reached = new AtomicIntegerArray(MOST_EVENTS);
    private final Semaphore inFlight = new Semaphore(0);
    private final AtomicInteger eventBytes = new AtomicInteger();
    private volatile LatencyHistogram latencies = new LatencyHistogram();
    private int events;

    SocketIoBench(int clients) {
        this.clients = clients;
    }

    /** Connects and subscribes everybody. */
    void connect() throws InterruptedException {
        for (int from = 0; from < clients; from += CONNECTING_AT_ONCE) {
            int some = Math.min(CONNECTING_AT_ONCE, clients - from);
            CountDownLatch subscribed = new CountDownLatch(some);
            for (int i = 0; i < some; i++) {
                viewers.add(new BenchViewer(http, hub.port(), "bench", subscribed, this::arrived));
            }
            if (!subscribed.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException(subscribed.getCount() + " viewers did not connect");
            }
        }
    }

    SocketIoReport measure(double seconds, double steadyRate) throws InterruptedException {
        atFullRate(seconds / 2);
        double rate = atFullRate(seconds);
        latencies = new LatencyHistogram();
        int first = events;
        atSteadyRate(seconds, steadyRate);
        long missing = 0;
        for (int i = 0; i < events; i++) {
            missing += clients - reached.get(i);
        }
        LatencyHistogram taken = latencies;
        return new SocketIoReport(
                clients,
                eventBytes.get(),
                seconds,
                rate,
                rate * clients,
                (events - first) / seconds,
                taken.count(),
                taken.percentileMs(50),
                taken.percentileMs(99),
                taken.maxMs(),
                (int) viewers.stream().filter(BenchViewer::lost).count(),
                missing,
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    /** Events a second that reached everybody. */
    private double atFullRate(double seconds) throws InterruptedException {
        inFlight.drainPermits();
        inFlight.release(WINDOW);
        int first = events;
        long start = System.nanoTime();
        long end = start + (long) (seconds * 1e9);
        while (System.nanoTime() < end) {
            await(1);
            publish();
        }
        await(WINDOW);
        return (events - first) / ((System.nanoTime() - start) / 1e9);
    }

    private void atSteadyRate(double seconds, double rate) throws InterruptedException {
        inFlight.drainPermits();
        int count = (int) Math.max(1, seconds * rate);
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            long due = start + (long) (i / rate * 1e9);
            TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
            publish();
        }
        await(count);
    }

    private void await(int arrivals) throws InterruptedException {
        if (!inFlight.tryAcquire(arrivals, PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("an event did not reach every viewer");
        }
    }

    private void publish() {
        int number = events++;
        HubEvent event = event(number);
        published.set(number, System.nanoTime());
        hub.publish(event);
    }

    private void arrived(CharSequence packet) {
        long now = System.nanoTime();
        String text = packet.toString();
        int end = text.indexOf(ID) + ID.length() + UUID_LENGTH;
        int number = Integer.parseInt(text, end - NUMBER_LENGTH, end, 16);
        latencies.add(now - published.get(number));
        eventBytes.lazySet(text.length());
        if (reached.incrementAndGet(number) == clients) {
            inFlight.release();
        }
    }

    private static HubEvent event(int number) {
        UUID id = new UUID(0x0190_0000_0000_7000L, Long.MIN_VALUE | number);
        Instant at = Instant.EPOCH.plusMillis(number);
        return new HubEvent.FaceRecognized(
                new FaceId(id),
                "Ada Lovelace",
                new CameraId(id),
                "Main entrance",
                0.93f,
                at,
                new HubEvent.RecognitionDetails(
                        new PersonId(id),
                        new TrackId(id),
                        0.71f,
                        0.6f,
                        new HubEvent.Look(
                                new Box(100, 80, 120, 150),
                                1280,
                                720,
                                0.8f,
                                new Liveness.Performed(true, 0.95f),
                                24,
                                true),
                        new HubEvent.Origin(
                                new EventId(id),
                                SiteId.DEFAULT,
                                new AgentId("bench"),
                                at,
                                at,
                                false,
                                false)));
    }

    @Override
    public void close() {
        viewers.forEach(BenchViewer::close);
        http.shutdownNow();
        pool.shutdownNow();
        hub.close();
    }
}
