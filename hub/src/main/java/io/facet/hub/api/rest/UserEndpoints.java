package io.facet.hub.api.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facet.config.Secret;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.api.json.Json;
import io.facet.hub.api.schema.Plain;
import io.facet.hub.api.schema.Schema;
import io.facet.hub.security.Permission;
import io.facet.hub.security.User;
import io.facet.hub.security.UserAccounts;
import io.facet.hub.security.UserId;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The accounts of people. */
final class UserEndpoints {
    private static final String ONE = "/api/v1/users/{user_id}";
    private static final Schema SHAPE = Schema.ref("User");

    private final UserAccounts users;

    UserEndpoints(UserAccounts users) {
        this.users = users;
    }

    List<Endpoint> all() {
        Access manage = new Access.Needs(Permission.MANAGE_USERS);
        Spec list = Spec.of("List users, oldest first").paged().gives(Paging.shape("users", SHAPE));
        Spec show = Spec.of("Show a user").gives(SHAPE);
        Spec remove = Spec.of("Remove a user; their sessions end").givesNothing();
        return List.of(
                Endpoint.get("/api/v1/users", manage, list, this::list),
                Endpoint.post("/api/v1/users", manage, adding(), this::add),
                Endpoint.get(ONE, manage, show, call -> Reply.ok(describe(user(call)))),
                Endpoint.patch(ONE, manage, changing(), this::change),
                Endpoint.delete(ONE, manage, remove, this::remove),
                Endpoint.put(
                        "/api/v1/users/self/password",
                        new Access.SignedIn(),
                        ownPassword(),
                        this::password));
    }

    private static Spec adding() {
        return Spec.of("Add a user with a password")
                .takes(
                        Schema.object()
                                .with("username", Plain.TEXT)
                                .with("password", Plain.TEXT)
                                .with("role", Grants.ROLES)
                                .maybe("sites", Schema.list(Plain.TEXT)))
                .gives(201, SHAPE);
    }

    private static Spec changing() {
        return Spec.of("Change a user; what is left out stays")
                .takes(
                        Schema.object()
                                .maybe("role", Grants.ROLES)
                                .maybe("sites", Schema.list(Plain.TEXT))
                                .maybe("disabled", Plain.TRUTH)
                                .maybe("password", Plain.TEXT))
                .gives(SHAPE);
    }

    private static Spec ownPassword() {
        return Spec.of("Change one's own password; every session of the user ends")
                .takes(
                        Schema.object()
                                .with("current_password", Plain.TEXT)
                                .with("new_password", Plain.TEXT))
                .givesNothing();
    }

    private Reply list(Call call) {
        return Reply.ok(
                Paging.of(call, 1000, 1000)
                        .cut(
                                "users",
                                users.list(),
                                user -> Json.time(user.createdAt()) + user.id(),
                                UserEndpoints::describe));
    }

    private Reply add(Call call) throws IOException {
        JsonFields body = call.json();
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
        JsonFields body = call.json();
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
        JsonFields body = call.json();
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
