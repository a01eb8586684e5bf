package io.facet.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.facet.bench.HubSamples.Sample;
import io.facet.config.Places;
import io.facet.hub.people.PeopleStore.NewFace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ten minutes of everything at once against a hub process: no call fails, no viewer is dropped, no
 * event is lost, and memory stays flat.
 *
 * <p>Flat is that over the last two thirds, by the median of the slopes, what lives on the heap
 * after a full collection rises by less than a tenth of itself, and so do the resident memory of
 * the JVM and what PostgreSQL's processes hold of their own; its shared buffers fill up to the 128
 * MB they are set to, and stay. The bound is ours: a tenth is what the samples scatter by, while
 * one kilobyte leaked with each of the run's calls would be more. Work that leaks without calls
 * would show in it after hours only.
 */
@Tag("long")
class SoakIT {
    private static final Duration TIME =
            Duration.ofSeconds(Long.getLong("facet.soak.seconds", 600));
    private static final int TEMPLATES = 2_000;
    private static final int SAMPLES = 30;
    private static final double FLAT = 0.1;

    @TempDir private Path data = Path.of("");

    @Test
    void mixedLoadLeavesMemoryFlatAndFailsNobody() throws Exception {
        Places places = Places.find(System.getenv(), Path.of(""));
        assumeThat(places.testData()).as("FACET_TESTDATA").isPresent();
        assumeThat(places.modelsMirror()).as("FACET_MODELS_MIRROR").isPresent();
        List<byte[]> pictures = BenchPictures.read(null, places, 60);
        byte[] key = new byte[32];
        List<NewFace> known =
                new TemplateLoader(key, HubCommand.space(places, "open")).load(data, TEMPLATES);
        Map<String, String> variables =
                Map.of(
                        "FACET_HUB_MASTER_KEY",
                        Base64.getEncoder().encodeToString(key),
                        ApiCommand.NO_LIMIT,
                        ApiCommand.VERY_MANY);
        try (HubProcess hub = HubProcess.start(places.home(), data, "open", variables)) {
            soak(hub, new EventsBench(hub, known, BenchPictures.crops(pictures)), pictures);
        }
        assertThat(Files.readString(data.resolve("hub.log"))).doesNotContain(" ERROR ");
    }

    private static void soak(HubProcess hub, EventsBench events, List<byte[]> pictures)
            throws Exception {
        HubSamples samples = new HubSamples(hub);
        EventsBench.Lane box = events.lane("soak");
        try (SoakLoad load = new SoakLoad(hub, pictures)) {
            load.start(box);
            for (int i = 0; i < SAMPLES; i++) {
                Thread.sleep(TIME.dividedBy(SAMPLES));
                samples.take();
            }
            load.stop();
            box.box().drain();
            print(load, samples);
            assertThat(load.failures()).isEmpty();
            assertThat(load.lost()).as("viewers dropped").isZero();
            assertThat(load.seen()).as("events seen by viewers").isPositive();
            assertThat(load.done().values()).allMatch(rounds -> rounds > 0);
            assertThat(box.box().rejected()).isZero();
            assertThat(events.rows()).as("every event sent").isEqualTo(box.box().stored());
        } finally {
            box.box().close();
        }
        assertFlat(samples, "heap after collection", Sample::heapMb);
        assertFlat(samples, "resident memory of the JVM", Sample::jvmMb);
        assertFlat(samples, "PostgreSQL's own memory", Sample::databaseMb);
    }

    private static void assertFlat(
            HubSamples samples, String what, ToDoubleFunction<Sample> figure) {
        Trend trend = samples.trend(figure);
        assertThat(trend.rise())
                .as("rise of %s in %s", what, samples.all())
                .isLessThan(FLAT * trend.mean());
    }

    /** For docs/measurements.md. */
    private static void print(SoakLoad load, HubSamples samples) {
        System.out.printf(
                Locale.ROOT,
                "soak of %d s: rounds %s, %d events seen by viewers, %d failures, load average"
                        + " %.1f%n",
                TIME.toSeconds(),
                load.done(),
                load.seen(),
                load.failures().size(),
                HubCommand.loadAverage());
        print(samples, "heap after collection", Sample::heapMb);
        print(samples, "JVM resident", Sample::jvmMb);
        print(samples, "PostgreSQL's own", Sample::databaseMb);
        print(samples, "all processes", Sample::residentMb);
    }

    private static void print(HubSamples samples, String what, ToDoubleFunction<Sample> figure) {
        System.out.println(samples.trend(figure).line(what));
    }
}
