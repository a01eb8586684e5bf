package io.facet.hub.health;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Health from one check per part, all asked at once. A part that does not answer in time is not
 * well; it is not asked again before it has answered. Thread-safe.
 */
public final class Checks implements Health {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final List<Asked> checks;

    /** A part and how to ask it: a sentence about it, or an exception that says what is wrong. */
    public record Check(String name, Supplier<String> ask) {}

    public Checks(List<Check> checks) {
        this.checks = checks.stream().map(Asked::new).toList();
    }

    @Override
    public List<Part> check() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        List<CompletableFuture<Part>> answers = checks.stream().map(Asked::ask).toList();
        return java.util.stream.IntStream.range(0, checks.size())
                .mapToObj(i -> await(checks.get(i).check.name(), answers.get(i), deadline))
                .toList();
    }

    private static Part await(String name, CompletableFuture<Part> answer, long deadline) {
        try {
            return answer.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException slow) {
            return new Part(name, false, "no answer within " + PATIENCE.toSeconds() + " seconds");
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return new Part(name, false, "the hub stops");
        }
    }

    /** A check and the answer that is still out. */
    private static final class Asked {
        private final Check check;
        private @Nullable CompletableFuture<Part> open;

        Asked(Check check) {
            this.check = check;
        }

        synchronized CompletableFuture<Part> ask() {
            CompletableFuture<Part> present = open;
            if (present != null && !present.isDone()) {
                return present;
            }
            CompletableFuture<Part> next = new CompletableFuture<>();
            open = next;
            Thread.ofVirtual().name("health-" + check.name()).start(() -> next.complete(answer()));
            return next;
        }

        private Part answer() {
            try {
                return new Part(check.name(), true, check.ask().get());
            } catch (RuntimeException wrong) {
                return new Part(check.name(), false, String.valueOf(wrong.getMessage()));
            }
        }
    }
}
