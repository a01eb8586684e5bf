package io.facet.hub.oidc;

import io.facet.config.FacetConfig;
import io.facet.config.Secret;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.tls.TrustedCa;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * The section {@code oidc} of the configuration, checked.
 *
 * @param secret empty for a public client
 * @param publicUrl without a final slash; empty means the address a browser came by
 */
public record OidcSettings(
        URI issuer,
        String clientId,
        Optional<Secret> secret,
        Optional<URI> publicUrl,
        List<String> scopes,
        String roleClaim,
        RoleMapping roles,
        String usernameClaim,
        String label,
        Duration sessionLifetime,
        Optional<SSLContext> trust) {
    public OidcSettings {
        scopes = List.copyOf(scopes);
    }

    /**
     * Reads the section; empty when it is switched off.
     *
     * @throws FacetException {@code INVALID_CONFIGURATION} with all that is wrong
     */
    public static Optional<OidcSettings> of(FacetConfig.Oidc config) {
        if (config.issuer().isEmpty()) {
            return Optional.empty();
        }
        Problems problems = new Problems(new ArrayList<>());
        URI issuer = problems.address("oidc.issuer", config.issuer());
        Optional<URI> publicUrl =
                Optional.of(config.publicUrl())
                        .filter(text -> !text.isEmpty())
                        .map(text -> problems.address("oidc.public_url", text))
                        .map(OidcSettings::withoutSlash);
        Optional<Secret> secret = secret(config, problems);
        RoleMapping roles = roles(config.roles(), problems);
        if (config.clientId().isBlank()) {
            problems.add("oidc.client_id is the hub's name at the provider; it is missing");
        }
        problems.check();
        return Optional.of(
                new OidcSettings(
                        issuer,
                        config.clientId(),
                        secret,
                        publicUrl,
                        config.scopes(),
                        config.roleClaim(),
                        roles,
                        config.usernameClaim(),
                        config.label(),
                        config.sessionLifetime(),
                        TrustedCa.configured(config.caFile())));
    }

    private static URI withoutSlash(URI url) {
        return URI.create(url.toString().replaceFirst("/+$", ""));
    }

    private static Optional<Secret> secret(FacetConfig.Oidc config, Problems problems) {
        if (config.clientSecretFile().isEmpty()) {
            return Optional.of(config.clientSecret()).filter(secret -> !secret.isEmpty());
        }
        if (!config.clientSecret().isEmpty()) {
            problems.add("set oidc.client_secret or oidc.client_secret_file, not both");
        }
        try {
            String text = Files.readString(Path.of(config.clientSecretFile())).strip();
            if (text.isEmpty()) {
                problems.add("oidc.client_secret_file is empty");
            }
            return Optional.of(new Secret(text));
        } catch (IOException unreadable) {
            problems.add("oidc.client_secret_file cannot be read: " + unreadable.getMessage());
            return Optional.empty();
        }
    }

    private static RoleMapping roles(List<String> lines, Problems problems) {
        List<RoleMapping.Line> read = new ArrayList<>();
        for (String line : lines) {
            try {
                read.add(RoleMapping.Line.parse(line));
            } catch (IllegalArgumentException wrong) {
                problems.add("oidc.roles: \"" + line + "\" " + wrong.getMessage());
            }
        }
        if (lines.isEmpty()) {
            problems.add("oidc.roles is empty, so nobody could sign in; map a group to a role");
        }
        return new RoleMapping(read);
    }

    /** All that is wrong, told at once. */
    private record Problems(List<String> found) {
        void add(String problem) {
            found.add(problem);
        }

        /** An absolute address, by TLS or on this machine. */
        URI address(String key, String text) {
            try {
                URI url = URI.create(text);
                if (Addresses.isProtected(url) && url.getQuery() == null) {
                    return url;
                }
            } catch (IllegalArgumentException noAddress) {
                // One sentence says all that an address has to be.
            }
            add(key + " is an https address, or an http one of this machine, not " + text);
            return URI.create("https://invalid.invalid");
        }

        void check() {
            if (!found.isEmpty()) {
                throw new FacetException(ErrorCode.INVALID_CONFIGURATION, String.join("\n", found));
            }
        }
    }
}
