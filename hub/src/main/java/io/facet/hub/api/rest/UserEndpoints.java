package io.facet.hub.api.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facet.config.Secret;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.api.json.Json;
import io.facet.hub.security.Permission;
import io.facet.hub.security.User;
import io.facet.hub.security.UserAccounts;
import io.facet.hub.security.UserId;
import io.helidon.http.Method;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The accounts of people. */
final class UserEndpoints {
    private static final String ONE = "/api/v1/users/{user_id}";

    private final UserAccounts users;

    UserEndpoints(UserAccounts users) {
        this.users = users;
    }

    List<Endpoint> all() {
        Access manage = new Access.Needs(Permission.MANAGE_USERS);
        return List.of(
                new Endpoint(Method.GET, "/api/v1/users", manage, this::list),
                new Endpoint(Method.POST, "/api/v1/users", manage, this::add),
                new Endpoint(Method.GET, ONE, manage, call -> Reply.ok(describe(user(call)))),
                new Endpoint(Method.PATCH, ONE, manage, this::change),
                new Endpoint(Method.DELETE, ONE, manage, this::remove),
                new Endpoint(
                        Method.PUT,
                        "/api/v1/users/self/password",
                        new Access.SignedIn(),
                        this::password));
    }

    private Reply list(Call call) {
        ObjectNode json = Json.object();
        json.set("users", Json.array(users.list(), UserEndpoints::describe));
        return Reply.ok(json);
    }

    private Reply add(Call call) throws IOException {
        JsonFields body = call.json(Set.of("username", "password", "role", "sites"));
        UserAccounts.NewUser wish =
                new UserAccounts.NewUser(
                        body.requiredText("username"),
                        Grants.role(body.requiredText("role")),
                        Grants.sites(body.list("sites"), call.sites()),
                        body.text("password").map(Secret::new),
                        Optional.empty());
        return Reply.created(describe(users.add(wish)));
    }

    private Reply change(Call call) throws IOException {
        User user = user(call);
        Grants.checkWithin(user.sites(), call.sites());
        JsonFields body = call.json(Set.of("role", "sites", "disabled", "password"));
        UserAccounts.Change change =
                new UserAccounts.Change(
                        body.text("role").map(Grants::role),
                        body.list("sites").map(s -> Grants.sites(Optional.of(s), call.sites())),
                        body.truth("disabled"),
                        body.text("password").map(Secret::new));
        if (isSelf(call, user) && (change.role().isPresent() || change.disabled().isPresent())) {
            throw notYourself();
        }
        return Reply.ok(
                describe(users.change(user.id(), change).orElseThrow(UserEndpoints::nobody)));
    }

    private Reply remove(Call call) {
        User user = user(call);
        Grants.checkWithin(user.sites(), call.sites());
        if (isSelf(call, user)) {
            throw notYourself();
        }
        if (!users.remove(user.id())) {
            throw nobody();
        }
        return new Reply.Nothing(Optional.empty());
    }

    private Reply password(Call call) throws IOException {
        UserId self;
        try {
            self = UserId.parse(call.principal().id());
        } catch (IllegalArgumentException aKey) {
            throw new FacetException(
                    ErrorCode.INVALID_ARGUMENT, "a key has no password; sign in as a user", aKey);
        }
        JsonFields body = call.json(Set.of("current_password", "new_password"));
        users.changePassword(
                self,
                new Secret(body.requiredText("current_password")),
                new Secret(body.requiredText("new_password")));
        return new Reply.Nothing(Optional.empty());
    }

    private User user(Call call) {
        return users.get(call.path("user_id", UserId::parse)).orElseThrow(UserEndpoints::nobody);
    }

    private static boolean isSelf(Call call, User user) {
        return call.principal().id().equals(user.id().toString());
    }

    private static ObjectNode describe(User user) {
        ObjectNode json = Json.object();
        json.put("user_id", user.id().toString());
        json.put("username", user.username());
        json.put("role", user.role().wireName());
        Grants.describe(json, user.sites());
        json.put("disabled", user.disabled());
        user.external().ifPresent(e -> json.put("issuer", e.issuer()));
        json.put("created_at", Json.time(user.createdAt()));
        user.lastSignInAt().ifPresent(at -> json.put("last_sign_in_at", Json.time(at)));
        return json;
    }

    private static FacetException nobody() {
        return new FacetException(ErrorCode.NOT_FOUND, "there is no such user");
    }

    private static FacetException notYourself() {
        return new FacetException(
                ErrorCode.CONFLICT,
                "nobody takes rights from themselves; let another administrator do it");
    }
}
