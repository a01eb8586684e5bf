package io.facet.vision.pipeline;

import java.util.List;

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

    static SelfTestReport of(List<Check> checks, List<String> notPinned) {
        return new SelfTestReport(checks.stream().allMatch(Check::ok), checks, notPinned);
    }
}
