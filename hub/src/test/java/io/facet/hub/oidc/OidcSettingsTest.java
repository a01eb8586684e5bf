package io.facet.hub.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facet.config.FacetConfig;
import io.facet.hub.security.ExternalIdentity.Grant;
import io.facet.hub.security.Role;
import io.facet.hub.testing.Configs;
import io.facet.model.SiteId;
import io.facet.model.SiteScope;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OidcSettingsTest {
    private static FacetConfig.Oidc config(String... more) {
        Map<String, String> variables =
                new HashMap<>(
                        Map.of(
                                "FACET_OIDC_ISSUER", "https://id.example/realms/one",
                                "FACET_OIDC_CLIENT_ID", "facet",
                                "FACET_OIDC_ROLES", "guards=viewer"));
        for (int i = 0; i < more.length; i += 2) {
            variables.put("FACET_OIDC_" + more[i], more[i + 1]);
        }
        return Configs.with(variables).oidc();
    }

    private static OidcSettings settings(String... more) {
        return OidcSettings.of(config(more)).orElseThrow();
    }

    @Test
    void offUnlessAnIssuerIsNamed() {
        assertThat(OidcSettings.of(FacetConfig.DEFAULT.oidc())).isEmpty();
        assertThat(settings().secret()).isEmpty();
    }

    @Test
    void addressesNeedTlsExceptOnThisMachine() {
        for (String good : List.of("http://localhost:9/", "http://127.0.0.1", "HTTP://[::1]:1/x")) {
            assertThat(settings("ISSUER", good).issuer()).hasToString(good);
        }
        for (String bad :
                List.of(
                        "http://id.example",
                        "http://localhost.example",
                        "http://127.0.0.1.example",
                        "http://127.0.0.1@id.example",
                        "ftp://id.example",
                        "id.example",
                        "https://id.example/?tenant=1",
                        "no address")) {
            assertThatThrownBy(() -> settings("ISSUER", bad)).hasMessageContaining("oidc.issuer");
            assertThatThrownBy(() -> settings("PUBLIC_URL", bad))
                    .hasMessageContaining("oidc.public_url");
        }
        assertThat(settings("PUBLIC_URL", "https://facet.example/").publicUrl().orElseThrow())
                .hasToString("https://facet.example");
    }

    @Test
    void allThatIsWrongIsToldAtOnce() {
        assertThatThrownBy(() ->
                        settings(
                                "CLIENT_ID", "",
                                "ROLES", "guards,bosses=emperor,x=viewer@No Site,box=device",
                                "CLIENT_SECRET_FILE", "/no/such/file"))
                .hasMessageContaining("oidc.client_id")
                .hasMessageContaining("\"guards\"")
                .hasMessageContaining("emperor")
                .hasMessageContaining("x=viewer@No Site")
                .hasMessageContaining("box=device")
                .hasMessageContaining("oidc.client_secret_file");
    }

    @Test
    void theSecretComesFromTheVariableOrAFileAndNeverShows(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("secret"), "hush-hush\n");
        OidcSettings fromFile = settings("CLIENT_SECRET_FILE", file.toString());
        assertThat(fromFile.secret().orElseThrow().reveal()).isEqualTo("hush-hush");
        assertThat(fromFile.toString()).doesNotContain("hush");
        FacetConfig.Oidc fromVariable = config("CLIENT_SECRET", "hush-hush");
        assertThat(fromVariable.toString()).contains("***").doesNotContain("hush");
        assertThatThrownBy(
                        () -> settings("CLIENT_SECRET", "x", "CLIENT_SECRET_FILE", file.toString()))
                .hasMessageContaining("not both");
    }

    @Test
    void theFirstLineThatFitsGivesTheRoleAndItsSitesAddUp() {
        RoleMapping roles =
                settings(
                                "ROLES",
                                "cn=north=operator@north,south=operator@south+yard,all=viewer,"
                                        + "heads=operator")
                        .roles();
        assertThat(roles.grant(List.of("nobody", "guests"))).isEmpty();
        assertThat(roles.grant(List.of())).isEmpty();
        assertThat(roles.grant(List.of("all"))).contains(new Grant(Role.VIEWER, SiteScope.ALL));
        assertThat(roles.grant(List.of("all", "south", "cn=north")))
                .contains(
                        new Grant(
                                Role.OPERATOR,
                                new SiteScope.Only(
                                        Set.of(
                                                new SiteId("north"),
                                                new SiteId("south"),
                                                new SiteId("yard")))));
        assertThat(roles.grant(List.of("heads", "south")))
                .contains(new Grant(Role.OPERATOR, SiteScope.ALL));
    }

    @Test
    void claimsAreTextsListsOrWithinObjects() {
        Map<String, Object> claims =
                Map.of(
                        "one",
                        "a",
                        "many",
                        List.of("a", 7, "b"),
                        "realm_access",
                        Map.of("roles", List.of("c")),
                        "https://facet.example/roles",
                        "d",
                        "number",
                        7);
        assertThat(Claims.texts(claims, "one")).containsExactly("a");
        assertThat(Claims.texts(claims, "many")).containsExactly("a", "b");
        assertThat(Claims.texts(claims, "realm_access.roles")).containsExactly("c");
        assertThat(Claims.texts(claims, "https://facet.example/roles")).containsExactly("d");
        assertThat(Claims.texts(claims, "number")).isEmpty();
        assertThat(Claims.texts(claims, "none.at.all")).isEmpty();
    }
}
