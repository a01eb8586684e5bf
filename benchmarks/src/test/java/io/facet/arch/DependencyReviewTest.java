package io.facet.arch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facet.arch.ReviewedDependencies.Review;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * No dependency comes in, and none changes its version, before somebody has looked up what is known
 * against it and written that down. That the list is old is only told.
 */
class DependencyReviewTest {
    private static final int DAYS = 90;

    private static final ReviewedDependencies OURS = new ReviewedDependencies(Path.of(".."));

    private static Map<String, String> versions(Map<String, Review> reviews) {
        Map<String, String> versions = new TreeMap<>();
        reviews.forEach((name, review) -> versions.put(name, review.version()));
        return versions;
    }

    @Test
    void everyDependencyIsReviewedInTheVersionThatIsUsed() throws Exception {
        assertThat(versions(OURS.reviewed()))
                .as(
                        "look up the advisories of what differs and note it in %s",
                        ReviewedDependencies.LIST)
                .isEqualTo(OURS.declared());
    }

    @Test
    void oldLinesAndOpenFindingsAreTold() throws Exception {
        LocalDate old = LocalDate.now(ZoneOffset.UTC).minusDays(DAYS);
        OURS.reviewed()
                .forEach((name, review) -> {
                    if (review.known().startsWith("open:")) {
                        System.err.printf(
                                "WARNING: %s %s: %s%n", name, review.version(), review.known());
                    }
                    if (review.date().isBefore(old)) {
                        System.err.printf(
                                "WARNING: %s was last reviewed on %s; see %s%n",
                                name, review.date(), ReviewedDependencies.LIST);
                    }
                });
        assertThat(OURS.reviewed().values())
                .allMatch(r -> !r.date().isAfter(LocalDate.now(ZoneOffset.UTC).plusDays(1)));
    }

    @Test
    void everyKindOfDependencyIsLookedAt() throws Exception {
        assertThat(OURS.declared())
                .containsKeys(
                        "io.grpc:grpc-bom",
                        "com.icegreen:greenmail",
                        "npm:socket.io-client",
                        "npm:vite",
                        "npm:oidc-provider")
                .doesNotContainKey("io.facet:facet-hub");
        assertThat(OURS.declared().values()).noneMatch(version -> version.contains("$"));
    }

    @Test
    void aLineWithoutAFindingIsNoReview(@TempDir Path home) throws Exception {
        Path list = home.resolve(ReviewedDependencies.LIST);
        Files.createDirectories(list.getParent());
        Files.writeString(list, "# comment\na:b\t1.0\t2026-01-01\t-\n");
        ReviewedDependencies theirs = new ReviewedDependencies(home);
        assertThat(versions(theirs.reviewed())).containsExactly(Map.entry("a:b", "1.0"));
        for (String bad : new String[] {"a:b\t1.0\t2026-01-01\t\n", "a:b\t1.0\tyesterday\t-\n"}) {
            Files.writeString(list, bad);
            assertThatThrownBy(theirs::reviewed).isInstanceOf(RuntimeException.class);
        }
        Files.writeString(list, "a:b\t1.0\t2026-01-01\t-\na:b\t1.1\t2026-01-01\t-\n");
        assertThatThrownBy(theirs::reviewed).hasMessageContaining("twice");
    }
}
