package io.facet.hub.store.postgres;

import io.facet.hub.security.Role;
import io.facet.hub.security.User;
import io.facet.hub.security.UserId;
import io.facet.model.SiteId;
import io.facet.model.SiteScope;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** Rows of users. Stateless. */
final class UserRows {
    static final String COLUMNS =
            "u.user_id, u.username, u.password_hash, u.role, u.sites, u.disabled, u.issuer,"
                    + " u.subject, u.created_at, u.last_sign_in_at";
    static final String SELECT = "SELECT " + COLUMNS + " FROM users u";

    private UserRows() {}

    static User user(ResultSet row) throws SQLException {
        String issuer = row.getString("issuer");
        return new User(
                new UserId(Rows.uuid(row, "user_id")),
                Rows.text(row, "username"),
                Role.valueOf(Rows.text(row, "role").toUpperCase(Locale.ROOT)),
                scope(row.getArray("sites")),
                row.getBoolean("disabled"),
                issuer == null
                        ? Optional.empty()
                        : Optional.of(new User.External(issuer, Rows.text(row, "subject"))),
                Rows.instant(row, "created_at"),
                Rows.maybeInstant(row, "last_sign_in_at"));
    }

    static Update bindRights(Update update, User user) {
        return update.bind("id", user.id().value())
                .bind("role", user.role().wireName())
                .bindByType("sites", names(user.sites()), String[].class);
    }

    /** Null means every site. */
    static String @Nullable [] names(SiteScope scope) {
        return scope instanceof SiteScope.Only only
                ? only.sites().stream().map(SiteId::value).toArray(String[]::new)
                : null;
    }

    static SiteScope scope(@Nullable Array sites) throws SQLException {
        return sites == null
                ? SiteScope.ALL
                : new SiteScope.Only(
                        Arrays.stream((String[]) sites.getArray())
                                .map(SiteId::new)
                                .collect(Collectors.toSet()));
    }
}
