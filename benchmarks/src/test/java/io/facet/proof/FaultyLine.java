package io.facet.proof;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.net.ServerSocketFactory;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;

/**
 * A TCP proxy that can be shut, cut, delayed, and made to lose what one side says from some moment
 * on, as a line does that dies unnoticed. With TLS it speaks it on both sides, so that it can be
 * listened to. Thread-safe.
 */
final class FaultyLine implements AutoCloseable {
    private static final int CHUNK = 8_192;

    private final ServerSocket door;
    private final Supplier<InetSocketAddress> target;
    private final SocketFactory outward;
    private final Supplier<Consumer<byte[]>> ears;
    private final Set<Closeable> open = ConcurrentHashMap.newKeySet();
    private volatile boolean shut;
    private volatile boolean losesRequests;
    private volatile boolean losesAnswers;
    private volatile Duration delay = Duration.ZERO;

    /**
     * Opens one on a free port.
     *
     * @param at where it listens, port 0 for a free one
     * @param target asked at every connection, as it may come back elsewhere
     * @param ears one for each connection, told what comes in, whether it is passed on or not
     */
    FaultyLine(
            InetSocketAddress at,
            Supplier<InetSocketAddress> target,
            Optional<SSLContext> tls,
            Supplier<Consumer<byte[]>> ears)
            throws IOException {
        this.door =
                tls.<ServerSocketFactory>map(SSLContext::getServerSocketFactory)
                        .orElseGet(ServerSocketFactory::getDefault)
                        .createServerSocket();
        this.door.bind(at);
        this.target = target;
        this.outward =
                tls.<SocketFactory>map(SSLContext::getSocketFactory)
                        .orElseGet(SocketFactory::getDefault);
        this.ears = ears;
        Thread.ofVirtual().name("line").start(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    /** Ends every connection that there is. */
    void cut() {
        open.forEach(FaultyLine::close);
    }

    /** Whether nobody comes through; does not end what is connected. */
    void shut(boolean now) {
        shut = now;
    }

    /** From now on connections lose what comes in, until they are cut. */
    void loseRequests(boolean now) {
        losesRequests = now;
    }

    /** From now on connections lose what the target answers, until they are cut. */
    void loseAnswers(boolean now) {
        losesAnswers = now;
    }

    /** How long bytes are under way, each way. */
    void delay(Duration each) {
        delay = each;
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket caller = door.accept();
                open.add(caller);
                Thread.ofVirtual().name("line").start(() -> connect(caller));
            } catch (IOException closed) {
                // Then the loop ends.
            }
        }
    }

    private void connect(Socket caller) {
        try (caller) {
            if (shut) {
                return;
            }
            InetSocketAddress to = target.get();
            try (Socket called = outward.createSocket(to.getHostString(), to.getPort())) {
                open.add(called);
                Consumer<byte[]> heard = ears.get();
                Thread answers =
                        Thread.ofVirtual()
                                .start(() -> pass(called, caller, _ -> {}, () -> losesAnswers));
                pass(caller, called, heard, () -> losesRequests);
                answers.join();
                open.remove(called);
            }
        } catch (IOException nobodyThere) {
            // The caller's connection ends.
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(caller);
        }
    }

    /** No bytes are the end. */
    @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
    private record Chunk(byte[] bytes, long due) {}

    /** Until one of them ends; then both do. */
    private void pass(Socket from, Socket to, Consumer<byte[]> heard, Supplier<Boolean> loses) {
        BlockingQueue<Chunk> underWay = new ArrayBlockingQueue<>(1_024);
        Thread writer = Thread.ofVirtual().start(() -> write(underWay, to));
        boolean lost = false;
        try (from;
                to) {
            InputStream in = from.getInputStream();
            byte[] buffer = new byte[CHUNK];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                byte[] bytes = Arrays.copyOf(buffer, n);
                heard.accept(bytes);
                // Half a message is of no use to anybody: what lost once loses for good.
                lost |= loses.get();
                if (!lost && !send(underWay, bytes, writer)) {
                    return;
                }
            }
            send(underWay, new byte[0], writer);
            writer.join();
        } catch (IOException cut) {
            // That is what it is for.
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } finally {
            writer.interrupt();
        }
    }

    private boolean send(BlockingQueue<Chunk> underWay, byte[] bytes, Thread writer)
            throws InterruptedException {
        Chunk chunk = new Chunk(bytes, System.nanoTime() + delay.toNanos());
        while (!underWay.offer(chunk, 1, TimeUnit.SECONDS)) {
            if (!writer.isAlive()) {
                return false;
            }
        }
        return true;
    }

    private static void write(BlockingQueue<Chunk> underWay, Socket to) {
        try {
            OutputStream out = to.getOutputStream();
            for (Chunk next = underWay.take(); next.bytes().length > 0; next = underWay.take()) {
                long early = next.due() - System.nanoTime();
                if (early > 0) {
                    Thread.sleep(Duration.ofNanos(early));
                }
                out.write(next.bytes());
            }
        } catch (IOException cut) {
            close(to);
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    private static void close(Closeable one) {
        try {
            one.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        close(door);
        cut();
    }
}
