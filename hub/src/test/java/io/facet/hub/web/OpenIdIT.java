package io.facet.hub.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.facet.hub.HubWebFront;
import io.facet.hub.testing.Configs;
import io.facet.hub.testing.DevHub;
import io.facet.hub.testing.ManualClock;
import io.facet.hub.testing.NodeScript;
import io.facet.hub.web.Http.Answer;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sign-in at the npm oidc-provider, which is told what to do wrong. */
@SuppressWarnings("NullAway.Init") // started before the tests
class OpenIdIT {
    private static final String START = "/api/v1/session/oidc";
    private static final String CALLBACK = START + "/callback";
    private static final String SECRET = "a secret of 30 characters or so";
    private static final String DENIED = "/?sign_in=permission_denied";
    private static final String REFUSED = "/?sign_in=unauthenticated";

    @TempDir static Path data;

    private static final ManualClock CLOCK = new ManualClock();
    private static NodeScript provider;
    private static DevHub hub;
    private static Http http;
    private static String[] admin;

    @BeforeAll
    static void start() throws Exception {
        provider = NodeScript.startOrSkip("oidc.mjs");
        int port = provider.next().path("port").asInt();
        hub =
                DevHub.in(
                        data,
                        new HubWebFront(),
                        Configs.with(
                                Map.of(
                                        "FACET_OIDC_ISSUER",
                                        "http://127.0.0.1:" + port,
                                        "FACET_OIDC_CLIENT_ID",
                                        "facet-hub",
                                        "FACET_OIDC_CLIENT_SECRET",
                                        SECRET,
                                        "FACET_OIDC_ROLES",
                                        "bosses=admin,cn=north=operator@north,cn=south=operator@south,"
                                                + "all=viewer")),
                        CLOCK);
        http = new Http(hub.port());
        admin = new String[] {"X-API-Key", Files.readString(data.resolve("admin-key")).strip()};
        // A provider that is not there yet keeps nobody from starting the hub.
        assertThat(http.get(START).header("Location")).isEqualTo("/?sign_in=unavailable");
        CLOCK.advance(Duration.ofMinutes(1));
        tell(Map.of("callback", "http://127.0.0.1:" + hub.port() + CALLBACK, "secret", SECRET));
    }

    @AfterAll
    static void stop() {
        if (hub != null) {
            hub.close();
        }
        if (provider != null) {
            provider.close();
        }
    }

    @BeforeEach
    void nothingIsWrong() throws Exception {
        tell(Map.of("fault", "none"));
    }

    private static void tell(Map<String, ?> what) throws Exception {
        provider.say(Http.JSON.writeValueAsString(what));
        provider.awaitStep("ok");
    }

    private static void itIs(String account, String... groups) throws Exception {
        tell(Map.of("account", account, "groups", List.of(groups)));
    }

    /** Somebody's browser. */
    private static final class Browser {
        private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
        private final HttpClient client =
                HttpClient.newBuilder()
                        .cookieHandler(cookies)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .build();

        HttpResponse<String> get(URI url) throws Exception {
            return client.send(
                    HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofString());
        }

        HttpResponse<String> hub(String path) throws Exception {
            return get(URI.create("http://127.0.0.1:" + OpenIdIT.hub.port() + path));
        }

        /** Where the link on the page leads to. */
        URI leave() throws Exception {
            return URI.create(location(hub(START)));
        }

        /** What the provider sends the browser back to the hub with. */
        URI signInAt(URI provider) throws Exception {
            URI at = provider;
            for (int steps = 0; steps < 10 && !at.getPath().equals(CALLBACK); steps++) {
                HttpResponse<String> answer = get(at);
                assertThat(answer.headers().firstValue("Location"))
                        .as("%s: %s", at, answer.body())
                        .isPresent();
                at = at.resolve(location(answer));
            }
            return at;
        }

        /** All of it; where the hub sends the browser in the end. */
        String signIn() throws Exception {
            return location(get(signInAt(leave())));
        }

        String session() {
            return cookies.getCookieStore().getCookies().stream()
                    .filter(c -> c.getName().equals("facet_session"))
                    .map(HttpCookie::getValue)
                    .findFirst()
                    .orElse("");
        }

        JsonNode who() {
            Answer who = http.get("/api/v1/session", "Cookie", "facet_session=" + session());
            assertThat(who.status()).as(who.text()).isEqualTo(200);
            return who.json();
        }
    }

    private static String location(HttpResponse<?> answer) {
        assertThat(answer.statusCode()).isEqualTo(303);
        return answer.headers().firstValue("Location").orElseThrow();
    }

    private static URI with(URI url, String parameter, String value) {
        String text = url.toString();
        assertThat(text).contains(parameter + "=");
        return URI.create(text.replaceFirst("([?&]" + parameter + "=)[^&]*", "$1" + value));
    }

    private static JsonNode user(String name) {
        for (JsonNode user : http.get("/api/v1/users?limit=1000", admin).json().path("users")) {
            if (user.path("username").asText().equals(name)) {
                return user;
            }
        }
        throw new AssertionError("no user " + name);
    }

    private static void awaitAudited(String subject, String outcome) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> assertThat(callbacks("&subject=" + subject)).contains(outcome));
    }

    private static List<String> callbacks(String query) {
        List<String> outcomes = new ArrayList<>();
        for (JsonNode entry :
                http.get("/api/v1/audit?limit=1000" + query, admin).json().path("entries")) {
            if (entry.path("action").asText().equals("GET " + CALLBACK)) {
                outcomes.add(entry.path("outcome").asText());
            }
        }
        return outcomes;
    }

    @Test
    void theOrganisationsPeopleSignInWithTheRoleOfTheirGroups() throws Exception {
        assertThat(http.get("/api/v1/session/ways").json().path("oidc").path("href").asText())
                .isEqualTo(START);
        itIs("ada", "others", "cn=north", "cn=south", "all");
        Browser browser = new Browser();
        HttpResponse<String> left = browser.hub(START);
        assertThat(location(left)).contains("code_challenge_method=S256", "nonce=", "state=");
        HttpResponse<String> back = browser.get(browser.signInAt(URI.create(location(left))));
        assertThat(location(back)).isEqualTo("/");
        assertThat(back.headers().allValues("Set-Cookie"))
                .anyMatch(c -> c.startsWith("facet_session=") && c.contains("SameSite=Strict"))
                .allMatch(c -> c.contains("HttpOnly"));
        assertThat(browser.who().path("name").asText()).isEqualTo("ada");
        assertThat(browser.who().path("roles").toString()).isEqualTo("[\"operator\"]");
        JsonNode ada = user("ada");
        assertThat(ada.path("sites").toString()).isEqualTo("[\"north\",\"south\"]");
        assertThat(ada.path("issuer").asText()).startsWith("http://127.0.0.1:");
        awaitAudited(ada.path("user_id").asText(), "done");
        assertThat(
                        http.json(
                                        "POST",
                                        "/api/v1/session",
                                        Map.of("username", "ada", "password", ""))
                                .status())
                .isNotEqualTo(200);

        // It ends earlier than a password's.
        CLOCK.advance(Duration.ofHours(8));
        assertThat(browser.hub("/api/v1/session").statusCode()).isEqualTo(401);
        assertThat(new Browser().signIn()).isEqualTo("/");
        assertThat(user("ada").path("user_id")).isEqualTo(ada.path("user_id"));
    }

    @Test
    void eachSignInBringsTheRoleUpToDateAndWhoHasNoneIsOut() throws Exception {
        itIs("bert", "bosses");
        Browser before = new Browser();
        assertThat(before.signIn()).isEqualTo("/");
        assertThat(before.who().path("roles").toString()).isEqualTo("[\"admin\"]");
        itIs("bert", "all");
        assertThat(new Browser().signIn()).isEqualTo("/");
        assertThat(before.who().path("roles").toString()).isEqualTo("[\"viewer\"]");
        itIs("bert", "bosses of others");
        Browser after = new Browser();
        assertThat(after.signIn()).isEqualTo(DENIED);
        assertThat(after.session()).isEmpty();
        assertThat(before.hub("/api/v1/session").statusCode()).isEqualTo(401);
        awaitAudited(user("bert").path("user_id").asText(), "permission_denied");
    }

    @Test
    void strangersWithoutAMappedGroupGetNoAccount() throws Exception {
        itIs("nora");
        assertThat(new Browser().signIn()).isEqualTo(DENIED);
        assertThat(http.get("/api/v1/users?limit=1000", admin).text()).doesNotContain("nora");
    }

    @Test
    void theDisabledStayOutWhateverTheProviderSays() throws Exception {
        itIs("dora", "bosses");
        Browser browser = new Browser();
        assertThat(browser.signIn()).isEqualTo("/");
        String path = "/api/v1/users/" + user("dora").path("user_id").asText();
        assertThat(http.json("PATCH", path, Map.of("disabled", true), admin).status())
                .isEqualTo(200);
        assertThat(browser.hub("/api/v1/session").statusCode()).isEqualTo(401);
        Map<String, ?> password = Map.of("password", "correct horse battery staple");
        assertThat(http.json("PATCH", path, password, admin).status()).isEqualTo(400);
        itIs("dora", "all");
        assertThat(new Browser().signIn()).isEqualTo(DENIED);
        assertThat(user("dora").path("disabled").asBoolean()).isTrue();
    }

    @Test
    void aNameAtTheProviderIsNobodysAccountHere() throws Exception {
        itIs("admin", "all");
        Browser browser = new Browser();
        assertThat(browser.signIn()).isEqualTo("/");
        assertThat(browser.who().path("name").asText()).startsWith("oidc-");
        assertThat(browser.who().path("roles").toString()).isEqualTo("[\"viewer\"]");
        assertThat(user("admin").path("role").asText()).isEqualTo("admin");
        assertThat(user("admin").has("issuer")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"expired", "issuer", "forged", "unsigned"})
    void aTokenThatIsNotRightOpensNothing(String fault) throws Exception {
        itIs("ida", "all");
        tell(Map.of("fault", fault));
        Browser browser = new Browser();
        assertThat(browser.signIn()).isEqualTo(REFUSED);
        assertThat(browser.session()).isEmpty();
        tell(Map.of("fault", "none"));
        assertThat(browser.signIn()).isEqualTo("/");
    }

    @Test
    void theAnswerCountsOnlyOnceAndInTheBrowserThatAsked() throws Exception {
        itIs("eve", "all");
        Browser victim = new Browser();
        URI asked = victim.leave();
        assertThat(location(victim.get(victim.signInAt(with(asked, "nonce", "chosen-by-eve")))))
                .as("another nonce")
                .isEqualTo(REFUSED);

        URI answer = victim.signInAt(victim.leave());
        assertThat(location(new Browser().get(answer))).as("no ticket").isEqualTo(REFUSED);
        Browser other = new Browser();
        other.leave();
        assertThat(location(other.get(answer))).as("another ticket").isEqualTo(REFUSED);
        assertThat(location(victim.get(with(answer, "state", "made-up")))).isEqualTo(REFUSED);
        assertThat(location(victim.get(with(answer, "iss", "https%3A%2F%2Felsewhere.example"))))
                .as("another issuer")
                .isEqualTo(REFUSED);
        assertThat(location(victim.hub(CALLBACK))).isEqualTo(REFUSED);
        assertThat(location(victim.hub(CALLBACK + "?error=access_denied"))).isEqualTo(REFUSED);
        assertThat(victim.session()).isEmpty();
        assertThat(location(victim.get(answer))).as("the right one").isEqualTo("/");
        assertThat(location(victim.get(answer))).as("once more").isEqualTo(REFUSED);

        URI late = victim.signInAt(victim.leave());
        CLOCK.advance(Duration.ofMinutes(11));
        assertThat(location(victim.get(late))).as("too late").isEqualTo(REFUSED);
        assertThat(callbacks("&actor=anonymous")).contains("unauthenticated", "begun", "done");
    }
}
