package io.facet.hub.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.facet.hub.security.LiveTokens.Source;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LiveTokensTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration LIFETIME = Duration.ofMinutes(15);

    private final LiveTokens tokens = tokens(1);

    private static LiveTokens tokens(int key) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) key;
        return new LiveTokens(bytes, LIFETIME, new SecureRandom());
    }

    private static String text(Authenticator.LiveToken token) {
        return token.token().reveal();
    }

    @Test
    void aTokenNamesWhatItWasMadeFrom() {
        String ofKey = text(tokens.issue(new Source.Key("fk_abcdefgh"), NOW));
        assertThat(tokens.open(ofKey, NOW)).contains(new Source.Key("fk_abcdefgh"));
        String hash = HexFormat.of().formatHex(Secrets.hash("a session"));
        String ofSession = text(tokens.issue(new Source.Session(hash), NOW));
        assertThat(tokens.open(ofSession, NOW)).contains(new Source.Session(hash));
        Source.UserSession user = new Source.UserSession(hash);
        assertThat(tokens.open(text(tokens.issue(user, NOW)), NOW)).contains(user);
        Source.SignIn signIn = new Source.SignIn(new UUID(7, 9));
        assertThat(tokens.open(text(tokens.issue(signIn, NOW)), NOW)).contains(signIn);
        assertThat(ofSession.length()).isLessThanOrEqualTo(Secrets.LONGEST);
    }

    @Test
    void itEndsWhenItSays() {
        Authenticator.LiveToken token = tokens.issue(new Source.Key("fk_abcdefgh"), NOW);
        assertThat(token.expiresAt()).isEqualTo(NOW.plus(LIFETIME));
        assertThat(tokens.open(text(token), NOW.plus(LIFETIME).minusSeconds(1))).isPresent();
        assertThat(tokens.open(text(token), NOW.plus(LIFETIME))).isEmpty();
    }

    @Test
    void twoOfTheSameSecondDiffer() {
        Source source = new Source.Key("fk_abcdefgh");
        assertThat(text(tokens.issue(source, NOW))).isNotEqualTo(text(tokens.issue(source, NOW)));
    }

    @Test
    void anotherKeysTokenOrAnAlteredOneIsNone() {
        String token = text(tokens.issue(new Source.Key("fk_abcdefgh"), NOW));
        assertThat(tokens(2).open(token, NOW)).isEmpty();
        for (int i = 0; i < token.length() - 1; i++) {
            char other = token.charAt(i) == 'A' ? 'B' : 'A';
            String altered = token.substring(0, i) + other + token.substring(i + 1);
            assertThat(tokens.open(altered, NOW)).as(altered).isEmpty();
            assertThat(tokens.open(token.substring(0, i), NOW)).isEmpty();
        }
        for (String none :
                new String[] {"", "ft_", "ft_%%%", "fk_abcdefgh", "ft_" + "A".repeat(90)}) {
            assertThat(tokens.open(none, NOW)).as(none).isEmpty();
        }
    }
}
