package io.facet.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facet.error.FacetException;
import java.util.List;
import org.junit.jupiter.api.Test;

class JoinTokenTest {
    private static final String TOKEN = "fj_abcd_-12_" + "s".repeat(43) + "." + "A".repeat(43);

    @Test
    void aTokenIsReadAsItWasWritten() {
        JoinToken token = JoinToken.parse(TOKEN);
        assertThat(token.reveal()).isEqualTo(TOKEN);
        assertThat(token.toString()).doesNotContain("sss");
    }

    @Test
    void theHubIsAHostAndMaybeAPort() {
        assertThat(JoinToken.AtHub.parse(TOKEN + "@hub.example").hub())
                .hasToString("https://hub.example:8080");
        assertThat(JoinToken.AtHub.parse(TOKEN + "@10.0.0.5:443").hub())
                .hasToString("https://10.0.0.5:443");
        assertThat(JoinToken.AtHub.parse(TOKEN + "@[::1]:443").hub())
                .hasToString("https://[::1]:443");
    }

    @Test
    void whatIsNoTokenAtAHubIsRefused() {
        for (String wrong :
                List.of(
                        "",
                        TOKEN,
                        TOKEN + "@",
                        TOKEN + "@hub/x",
                        TOKEN + "@a b",
                        TOKEN + "@hub:x",
                        "x@hub",
                        TOKEN.replace("fj_", "fk_") + "@hub")) {
            assertThatThrownBy(() -> JoinToken.AtHub.parse(wrong))
                    .as(wrong)
                    .isInstanceOf(FacetException.class);
        }
    }
}
