package io.facet.hub.live.engineio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.facet.error.FacetException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EngineSessionTest {
    private static final Duration INTERVAL = EngineConfig.DEFAULT.pingInterval();
    private static final Duration TIMEOUT = EngineConfig.DEFAULT.pingTimeout();

    private final ManualTimer timer = new ManualTimer();
    private final List<String> received = new CopyOnWriteArrayList<>();
    private final List<CloseReason> closed = new CopyOnWriteArrayList<>();
    private final EngineServer server = server(EngineConfig.DEFAULT);

    private EngineServer server(EngineConfig config) {
        return new EngineServer(config, timer, session -> new Recorder());
    }

    private final class Recorder implements SessionListener {
        @Override
        public void onText(String text) {
            received.add(text);
        }

        @Override
        public void onBinary(byte[] bytes) {
            received.add("bytes " + bytes.length);
        }

        @Override
        public void onClose(CloseReason reason) {
            closed.add(reason);
        }
    }

    /** A WebSocket that keeps what is written to it, once the gate is open. */
    private static final class FakeLink implements SocketLink {
        final List<String> written = new CopyOnWriteArrayList<>();
        final List<CloseReason> closings = new CopyOnWriteArrayList<>();
        final CountDownLatch aborted = new CountDownLatch(1);
        final CountDownLatch gate;

        FakeLink(int closedGates) {
            gate = new CountDownLatch(closedGates);
        }

        @Override
        public void send(EnginePacket packet) throws java.io.IOException {
            try {
                gate.await();
            } catch (InterruptedException cut) {
                throw new java.io.IOException(cut);
            }
            written.add(PacketCodec.encode(packet));
        }

        @Override
        public void close(CloseReason reason) {
            closings.add(reason);
        }

        @Override
        public void abort() {
            aborted.countDown();
        }
    }

    private static List<String> poll(EngineSession session) throws InterruptedException {
        return switch (session.poll()) {
            case PollOutcome.Packets some ->
                    some.packets().stream().map(PacketCodec::encode).toList();
            case PollOutcome.Gone _ -> List.of("gone");
            case PollOutcome.Overlap _ -> List.of("overlap");
        };
    }

    private static CompletableFuture<List<String>> pollLater(EngineSession session) {
        CompletableFuture<List<String>> answer = new CompletableFuture<>();
        Thread thread =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                answer.complete(poll(session));
                            } catch (InterruptedException stopped) {
                                answer.completeExceptionally(stopped);
                            }
                        });
        await().until(() -> thread.getState() == Thread.State.WAITING || answer.isDone());
        return answer;
    }

    private EngineSession opened() throws InterruptedException {
        EngineSession session = server.openPolling(Handshake.NONE);
        assertThat(poll(session).getFirst()).startsWith("0{\"sid\":");
        return session;
    }

    @Test
    void aPollGetsEverythingThatWaitsInOrder() throws Exception {
        EngineSession session = opened();
        session.send(List.of(EnginePacket.message("a"), EnginePacket.message("b")));
        session.send(List.of(EnginePacket.message("c")));
        assertThat(poll(session)).containsExactly("4a", "4b", "4c");
    }

    @Test
    void pingsGoOutAndAPongKeepsTheSessionAlive() throws Exception {
        EngineSession session = opened();
        for (int i = 0; i < 3; i++) {
            timer.advance(INTERVAL);
            assertThat(poll(session)).containsExactly("2");
            session.receive(new EnginePacket.Text(PacketType.PONG, ""));
        }
        assertThat(session.isOpen()).isTrue();
    }

    @Test
    void withoutAPongTheSessionEnds() throws Exception {
        EngineSession session = opened();
        timer.advance(INTERVAL.plus(TIMEOUT));
        assertThat(closed).containsExactly(CloseReason.PING_TIMEOUT);
        assertThat(server.find(session.id())).isEmpty();
        assertThat(poll(session)).containsExactly("gone");
    }

    @Test
    void aSecondPollEndsTheSessionAndTellsTheFirst() throws Exception {
        EngineSession session = opened();
        CompletableFuture<List<String>> first = pollLater(session);
        assertThat(poll(session)).containsExactly("overlap");
        assertThat(first.get()).containsExactly("1");
        assertThat(server.find(session.id())).isEmpty();
    }

    @Test
    void aClientThatClosesGetsItsPollBack() throws Exception {
        EngineSession session = opened();
        CompletableFuture<List<String>> first = pollLater(session);
        session.receive(EnginePacket.CLOSE);
        assertThat(first.get()).containsExactly("6");
        assertThat(closed).containsExactly(CloseReason.CLIENT_CLOSE);
    }

    @Test
    void aPingFromTheClientBreaksTheProtocol() throws Exception {
        EngineSession session = opened();
        assertThatThrownBy(() -> session.receive(EnginePacket.PING))
                .isInstanceOf(FacetException.class);
        assertThat(closed).containsExactly(CloseReason.PARSE_ERROR);
    }

    @Test
    void anUpgradeLosesNothing() throws Exception {
        EngineSession session = opened();
        FakeLink link = new FakeLink(0);
        assertThat(session.offer(link)).isTrue();
        assertThat(session.probe(link)).isTrue();
        CompletableFuture<List<String>> last = pollLater(session);
        timer.advance(Duration.ofMillis(100));
        assertThat(last.get()).containsExactly("6");
        session.send(List.of(EnginePacket.message("between")));
        assertThat(session.upgrade(link)).isTrue();
        session.send(List.of(EnginePacket.message("after")));
        await().until(() -> link.written.equals(List.of("4between", "4after")));
        assertThat(poll(session)).containsExactly("gone");
    }

    @Test
    void aProbeThatStaysSilentLeavesTheSessionPolling() throws Exception {
        EngineSession session = opened();
        FakeLink link = new FakeLink(0);
        session.offer(link);
        session.probe(link);
        timer.advance(EngineConfig.DEFAULT.upgradeTimeout());
        assertThat(link.aborted.getCount()).isZero();
        assertThat(session.upgrade(link)).isFalse();
        session.send(List.of(EnginePacket.message("still here")));
        assertThat(poll(session)).containsExactly("4still here");
    }

    @Test
    void onlyOneWebSocketMayOfferItself() throws Exception {
        EngineSession session = opened();
        FakeLink first = new FakeLink(0);
        FakeLink second = new FakeLink(0);
        assertThat(session.offer(first)).isTrue();
        assertThat(session.offer(second)).isFalse();
        assertThat(session.probe(second)).isFalse();
        assertThat(session.upgrade(first)).as("without a probe").isFalse();
        session.lost(first);
        assertThat(session.offer(second)).isTrue();
    }

    @Test
    void aPollLeftBehindByAnUpgradeIsOver() throws Exception {
        EngineSession session = opened();
        FakeLink link = new FakeLink(0);
        CompletableFuture<List<String>> left = pollLater(session);
        session.offer(link);
        session.probe(link);
        session.upgrade(link);
        assertThat(left.get()).containsExactly("gone");
    }

    @Test
    void aPongIsDueByTheClockHoweverLateTheTimer() throws Exception {
        EngineSession session = opened();
        timer.advance(INTERVAL);
        assertThat(poll(session)).containsExactly("2");
        timer.jump(TIMEOUT);
        assertThat(poll(session)).containsExactly("gone");
        assertThat(closed).containsExactly(CloseReason.PING_TIMEOUT);
    }

    @Test
    void pingsKeepTheirIntervalHoweverSlowThePongs() throws Exception {
        EngineSession session = opened();
        for (int i = 0; i < 3; i++) {
            timer.advance(i == 0 ? INTERVAL : INTERVAL.minusSeconds(15));
            assertThat(poll(session)).containsExactly("2");
            timer.advance(Duration.ofSeconds(15));
            session.receive(new EnginePacket.Text(PacketType.PONG, ""));
        }
        assertThat(session.isOpen()).isTrue();
    }

    @Test
    void aServerThatStoodStillGivesItsClientsTime() throws Exception {
        EngineSession session = opened();
        timer.jump(INTERVAL.plus(TIMEOUT));
        timer.advance(Duration.ZERO);
        assertThat(poll(session)).containsExactly("2");
        session.receive(new EnginePacket.Text(PacketType.PONG, ""));
        assertThat(session.isOpen()).isTrue();
    }

    @Test
    void aPollAfterTheClientsGoodbyeIsAnsweredOnce() throws Exception {
        EngineSession session = opened();
        session.send(List.of(EnginePacket.message("unread")));
        session.receive(EnginePacket.CLOSE);
        assertThat(poll(session)).containsExactly("6");
        assertThat(poll(session)).containsExactly("gone");
        assertThat(server.find(session.id())).isEmpty();
    }

    @Test
    void aFullQueueTakesNothingMoreAndASlowViewerHearsWhy() {
        EngineServer small = server(EngineConfig.DEFAULT.withQueue(5, 1_000_000));
        FakeLink stuck = new FakeLink(1);
        EngineSession session = small.openWebSocket(Handshake.NONE, stuck);
        List<SendOutcome> outcomes = new ArrayList<>();
        IntStream.range(0, 20)
                .forEach(i -> outcomes.add(session.send(List.of(EnginePacket.message("" + i)))));
        assertThat(outcomes).contains(SendOutcome.QUEUED, SendOutcome.FULL);

        session.close(CloseReason.SLOW_VIEWER, List.of(EnginePacket.message("why")));
        stuck.gate.countDown();
        await().until(() -> stuck.closings.equals(List.of(CloseReason.SLOW_VIEWER)));
        assertThat(stuck.written).endsWith("4why");
        assertThat(stuck.written.size()).isLessThan(20);
    }

    @Test
    void aViewerThatNeverReadsIsCutOffAfterTheLinger() {
        FakeLink stuck = new FakeLink(1);
        EngineSession session = server.openWebSocket(Handshake.NONE, stuck);
        session.close(CloseReason.SHUTDOWN, List.of(EnginePacket.CLOSE));
        assertThat(stuck.aborted.getCount()).isOne();
        timer.advance(EngineConfig.DEFAULT.lingerTimeout());
        assertThat(stuck.aborted.getCount()).isZero();
        assertThat(server.size()).isZero();
    }

    @Test
    void whatMayBeMissedIsSentToAnIdleViewerOnly() throws Exception {
        EngineSession session = opened();
        assertThat(session.sendIfIdle(List.of(EnginePacket.message("one"))))
                .isEqualTo(SendOutcome.QUEUED);
        assertThat(session.sendIfIdle(List.of(EnginePacket.message("two"))))
                .isEqualTo(SendOutcome.FULL);
        assertThat(poll(session)).containsExactly("4one");
    }

    @Test
    void aStoppedServerTakesNobodyNew() throws Exception {
        EngineSession session = opened();
        server.close();
        assertThat(poll(session)).containsExactly("1");
        assertThatThrownBy(() -> server.openPolling(Handshake.NONE))
                .isInstanceOf(FacetException.class);
    }
}
