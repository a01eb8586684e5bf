package io.facet.vision.pipeline;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a self-test found.
 *
 * @param ok whether every check passed
 * @param notPinned stages that ran networks nobody has pinned an answer of, and are unchecked
 */
public record SelfTestReport(boolean ok, List<Check> checks, List<String> notPinned) {
    public SelfTestReport {
        checks = List.copyOf(checks);
        notPinned = List.copyOf(notPinned);
    }

    /**
     * One comparison with a known answer.
     *
     * @param name snake_case
     * @param ok whether value is at least limit
     * @param value how near the answer is, 1 for the same
     * @param detail what was compared
     */
    public record Check(String name, boolean ok, double value, double limit, String detail) {
        static Check atLeast(String name, double value, double limit, String detail) {
            return new Check(name, value >= limit, value, limit, detail);
        }
    }

    /** What is wrong, in one sentence with what to do; empty when every check passed. */
    public Optional<String> flaw() {
        List<String> failed =
                checks.stream()
                        .filter(check -> !check.ok())
                        .map(check ->
                                String.format(
                                        Locale.ROOT,
                                        "%s is %.3f, not at least %.3f",
                                        check.name(),
                                        check.value(),
                                        check.limit()))
                        .toList();
        return failed.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "the models do not give their known answers ("
                                + String.join("; ", failed)
                                + "); run ./facet doctor, then ./facet models verify");
    }

    static SelfTestReport of(List<Check> checks, List<String> notPinned) {
        return new SelfTestReport(checks.stream().allMatch(Check::ok), checks, notPinned);
    }
}
