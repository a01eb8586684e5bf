package io.facet.edge.software;

import static org.assertj.core.api.Assertions.assertThat;

import io.facet.edge.software.Standing.State;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What waits for the clock: retries, quiet moments, progress. */
class TimesTest {
    private final AtomicLong nanos = new AtomicLong();
    @TempDir private Path folder = Path.of("");

    @Test
    void retriesComeLaterAndLaterButNeverLaterThanTenMinutes() {
        Retry retry = new Retry(nanos::get, new Random(1));
        assertThat(retry.due()).isTrue();
        retry.failed();
        assertThat(retry.due()).isFalse();
        pass(Duration.ofSeconds(2));
        assertThat(retry.due()).isTrue();
        for (int i = 0; i < 20; i++) {
            retry.failed();
        }
        pass(Duration.ofMinutes(4));
        assertThat(retry.due()).isFalse();
        pass(Duration.ofMinutes(6));
        assertThat(retry.due()).isTrue();
        retry.failed();
        retry.reset();
        assertThat(retry.due()).isTrue();
    }

    @Test
    void itIsQuietOnceNoFaceWasFoundForAWhile() {
        FaceCount fleet = new FaceCount();
        Quiet quiet = new Quiet(fleet, Duration.ofSeconds(10), nanos::get);
        assertThat(quiet.now()).isFalse();
        for (int i = 0; i < 30; i++) {
            fleet.faces.incrementAndGet();
            pass(Duration.ofSeconds(1));
            assertThat(quiet.now()).isFalse();
        }
        pass(Duration.ofSeconds(9));
        assertThat(quiet.now()).isFalse();
        pass(Duration.ofSeconds(1));
        assertThat(quiet.now()).isTrue();
    }

    @Test
    void facesThatNeverLeaveDoNotHoldItUpForEver() {
        FaceCount fleet = new FaceCount();
        Quiet quiet = new Quiet(fleet, Duration.ofSeconds(10), nanos::get);
        int seconds = 0;
        while (!quiet.now()) {
            fleet.faces.incrementAndGet();
            pass(Duration.ofSeconds(1));
            seconds++;
        }
        assertThat(seconds).isEqualTo(15 * 60);
        quiet.forget();
        assertThat(quiet.now()).isFalse();
    }

    @Test
    void changesAreToldAtOnceAndBytesEveryFewSeconds() {
        Board board = new Board(folder.resolve("standing.json"), nanos::get);
        AtomicInteger told = new AtomicInteger();
        board.onChange(told::incrementAndGet);
        Standing now = Standing.current("facet-models", "open");
        board.tell(now);
        board.tell(now);
        assertThat(told).hasValue(1);
        board.tell(now.with(State.DOWNLOADING, ""));
        assertThat(told).hasValue(2);
        for (int i = 1; i <= 100; i++) {
            pass(Duration.ofMillis(60));
            board.tell(now.with(State.DOWNLOADING, "").with(i));
        }
        assertThat(told).hasValue(4);
        assertThat(board.standings().getFirst().bytes()).isEqualTo(100);
        assertThat(folder.resolve("standing.json")).content().contains("downloading");
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
