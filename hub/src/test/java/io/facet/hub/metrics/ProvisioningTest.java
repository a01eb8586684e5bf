package io.facet.hub.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.facet.config.FacetConfig;
import io.facet.hub.alerts.AlertKind;
import io.facet.hub.alerts.Rule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The files of provisioning/ speak of metrics that there are, and Prometheus understands them. */
class ProvisioningTest {
    private static final Path FILES = Path.of("..", "provisioning");
    private static final Pattern NAME =
            Pattern.compile("\\b(?:facet|jvm|process|system)_[a-z_]+\\b");

    @Test
    void everyQueryOfTheDashboardNamesExposedMetrics() throws IOException {
        JsonNode dashboard =
                JsonMapper.builder()
                        .build()
                        .readTree(
                                Files.readString(
                                        FILES.resolve("grafana").resolve("facet-hub.json")));
        List<String> queries = dashboard.path("panels").findValuesAsText("expr");
        assertThat(queries).hasSizeGreaterThan(30);
        assertThat(names(queries)).isSubsetOf(series());
        assertThat(dashboard.path("panels").findValuesAsText("id")).doesNotHaveDuplicates();
    }

    @Test
    void everyRuleNamesExposedMetrics() throws IOException {
        assertThat(names(List.of(read("facet-alerts.yml")))).isSubsetOf(series());
        assertThat(names(List.of(read("facet-alerts-test.yml")))).isSubsetOf(series());
    }

    @Test
    void theRulesAreTheHubsOwnWithTheirDefaults() throws IOException {
        String rules = read("facet-alerts.yml");
        for (Rule rule : Rule.of(FacetConfig.Alerts.DEFAULT)) {
            String name = "Facet" + camel(rule.kind());
            assertThat(rules).contains("alert: " + name + "\n");
            String text = rules.substring(rules.indexOf("alert: " + name + "\n"));
            text = text.substring(0, text.indexOf("annotations:"));
            assertThat(text).contains("severity: " + rule.severity().wireName());
            // Prometheus sees a silent agent by its last will, not by its last word.
            if (rule.kind() != AlertKind.DEVICE_SILENT) {
                String limit = plain(rule.threshold());
                String sign = rule.kind().wrongBelow() ? "< " : ">= ";
                assertThat(text).as(name).contains(sign + limit);
                long minutes = rule.lasting().toMinutes();
                assertThat(text.contains("for: " + minutes + "m")).as(name).isEqualTo(minutes > 0);
            }
        }
    }

    private static String plain(double value) {
        return java.math.BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    private static String camel(AlertKind kind) {
        return Pattern.compile("_")
                .splitAsStream(kind.wireName())
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());
    }

    private static String read(String name) throws IOException {
        return Files.readString(FILES.resolve("prometheus").resolve(name));
    }

    private static Set<String> names(List<String> texts) {
        return texts.stream()
                .flatMap(text -> NAME.matcher(text).results())
                .map(MatchResult::group)
                .collect(Collectors.toSet());
    }

    /** Names of series as a scrape has them. */
    private static Set<String> series() {
        return Pattern.compile("^([a-z_]+)[{ ]", Pattern.MULTILINE)
                .matcher(MetricsTableTest.scrapeOfEverything())
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toSet());
    }

    @Test
    void promtoolAcceptsTheRulesAndTheyFireAsTheyShould() throws Exception {
        promtool("check", "rules", "facet-alerts.yml");
        promtool("test", "rules", "facet-alerts-test.yml");
    }

    /** promtool of Debian's package prometheus. */
    private static void promtool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("promtool"));
        command.addAll(List.of(arguments));
        Process process;
        try {
            process =
                    new ProcessBuilder(command)
                            .directory(FILES.resolve("prometheus").toFile())
                            .redirectErrorStream(true)
                            .start();
        } catch (IOException missing) {
            assumeTrue(false, "promtool is not installed (Debian's package prometheus)");
            return;
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }
}
