package io.facet.hub;

import io.facet.hub.security.ApiKeys;
import io.facet.hub.security.Credentials;
import io.facet.hub.security.Role;
import io.facet.hub.security.UserAccounts;
import io.facet.model.SiteScope;
import java.util.List;
import java.util.Optional;

/**
 * Sees to it that somebody can sign in to a new hub: one administrator's key and one user, in
 * files.
 */
final class FirstAdministrator {
    private static final String NAME = "first administrator";
    private static final String RESTORED = "administrator after a restore";

    private FirstAdministrator() {}

    /** The first user; the password is in its file before the user can sign in with it. */
    static void ensure(UserAccounts users, DataFolder data) {
        if (users.list().isEmpty()) {
            users.add(
                    new UserAccounts.NewUser(
                            "admin",
                            Role.ADMIN,
                            SiteScope.ALL,
                            Optional.of(data.adminPassword()),
                            Optional.empty()));
        }
    }

    static void ensure(Credentials credentials, DataFolder data) {
        boolean fileWorks =
                data.adminKey().filter(key -> credentials.byKey(key).isPresent()).isPresent();
        List<ApiKeys.ApiKey> administrators =
                credentials.list().stream()
                        .filter(k -> k.role() == Role.ADMIN && k.revokedAt().isEmpty())
                        .toList();
        if (fileWorks || administrators.stream().anyMatch(k -> !isLost(k))) {
            return;
        }
        administrators.forEach(lost -> credentials.revoke(lost.prefix()));
        data.writeAdminKey(credentials.issue(NAME, Role.ADMIN, SiteScope.ALL).key().reveal());
    }

    /** A key for whoever restored a hub, who need not have the one its backup knows. */
    static void renew(Credentials credentials, DataFolder data) {
        if (data.adminKey().filter(key -> credentials.byKey(key).isPresent()).isEmpty()) {
            data.writeAdminKey(
                    credentials.issue(RESTORED, Role.ADMIN, SiteScope.ALL).key().reveal());
        }
    }

    /** Made by a start that ended before it wrote the file: nobody has ever seen it. */
    private static boolean isLost(ApiKeys.ApiKey key) {
        return key.name().equals(NAME) && key.lastUsedAt().isEmpty();
    }
}
