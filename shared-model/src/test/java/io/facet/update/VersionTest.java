package io.facet.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VersionTest {
    @Test
    void numbersAreNumbersAndSuffixesComeBefore() {
        List<Version> ascending =
                List.of("0.9.10", "0.10.0-SNAPSHOT", "0.10.0", "1.0.0-rc1", "1.0.0-rc2", "1.0.0")
                        .stream()
                        .map(Version::new)
                        .toList();
        assertThat(ascending.reversed().stream().sorted()).isEqualTo(ascending);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "1.2", "1.2.3.4", "1.2.3-", "v1.2.3", "1.2.3-a/b", "1.2.3\n"})
    void anythingElseIsNoVersion(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Version(text));
    }
}
