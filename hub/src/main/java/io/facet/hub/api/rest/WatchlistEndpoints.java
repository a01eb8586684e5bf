package io.facet.hub.api.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.api.json.FaceJson;
import io.facet.hub.api.json.Json;
import io.facet.hub.api.json.WatchlistJson;
import io.facet.hub.api.schema.Plain;
import io.facet.hub.api.schema.Schema;
import io.facet.hub.people.PeopleService;
import io.facet.hub.people.PersonPage;
import io.facet.hub.security.Permission;
import io.facet.hub.watchlists.Watchlist;
import io.facet.hub.watchlists.WatchlistId;
import io.facet.hub.watchlists.WatchlistRules;
import io.facet.hub.watchlists.WatchlistService;
import io.facet.model.CameraId;
import io.facet.model.PersonId;
import io.facet.model.SiteId;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Lists of people who are looked out for. */
final class WatchlistEndpoints {
    private static final String ALL = "/api/v1/watchlists";
    private static final String ONE = ALL + "/{watchlist_id}";
    private static final String MEMBER = ONE + "/people/{person_id}";
    private static final Schema SHAPE = Schema.ref("Watchlist");
    private static final Schema.Fields RULES =
            Schema.object()
                    .maybe("threshold", Plain.SHARE.orNull())
                    .maybe("colour", Plain.TEXT)
                    .maybe("expires_at", Plain.TIME.orNull())
                    .maybe("camera_ids", Schema.list(Plain.ID))
                    .maybe("site_ids", Schema.list(Plain.TEXT));

    private final WatchlistService lists;
    private final PeopleService people;

    WatchlistEndpoints(WatchlistService lists, PeopleService people) {
        this.lists = lists;
        this.people = people;
    }

    List<Endpoint> all() {
        Access read = new Access.Needs(Permission.READ_PEOPLE);
        Access manage = new Access.Needs(Permission.MANAGE_PEOPLE);
        Spec list =
                Spec.of("List watchlists, in the order they were made")
                        .query("person_id", Plain.ID, "only those this person is on")
                        .paged()
                        .gives(Paging.shape("watchlists", SHAPE));
        Spec create =
                Spec.of("Make a watchlist")
                        .takes(Schema.object().with("name", Plain.TEXT).and(RULES))
                        .gives(201, SHAPE)
                        .rule(Spec.Rule.TAGGED);
        Spec change =
                Spec.of("Change a watchlist; what is left out stays")
                        .takes(Schema.object().maybe("name", Plain.TEXT).and(RULES))
                        .gives(SHAPE)
                        .rule(Spec.Rule.TAGGED)
                        .rule(Spec.Rule.NEEDS_IF_MATCH);
        Spec one = Spec.of("Show a watchlist").gives(SHAPE).rule(Spec.Rule.TAGGED);
        Spec delete = Spec.of("Remove a watchlist; its people stay").givesNothing();
        return List.of(
                Endpoint.get(ALL, read, list, this::list),
                Endpoint.post(ALL, manage, create, this::create),
                Endpoint.get(ONE, read, one, this::get),
                Endpoint.patch(ONE, manage, change, this::change),
                Endpoint.delete(ONE, manage, delete, this::delete),
                Endpoint.get(ONE + "/people", read, members(), this::members),
                Endpoint.post(ONE + "/people", manage, joined(), this::join),
                Endpoint.put(
                        MEMBER,
                        manage,
                        Spec.of("Put a person on a watchlist").givesNothing(),
                        this::joinOne),
                Endpoint.delete(
                        MEMBER,
                        manage,
                        Spec.of("Take a person off a watchlist").givesNothing(),
                        this::leave));
    }

    private static Spec members() {
        return Spec.of("List the people on a watchlist")
                .paged()
                .gives(Paging.shape("people", Schema.ref("Person")));
    }

    private static Spec joined() {
        return Spec.of("Put people on a watchlist, all or none")
                .takes(Schema.object().with("person_ids", Schema.list(Plain.ID)))
                .gives(Schema.object().with("people", Plain.INTEGER));
    }

    private Reply list(Call call) {
        List<Watchlist> all =
                call.query("person_id")
                        .map(id -> lists.of(PersonId.parse(id), call.sites()))
                        .orElseGet(() -> lists.list(call.sites()));
        return Reply.ok(
                Paging.of(call, 50, 1000)
                        .cut(
                                "watchlists",
                                all,
                                list -> list.id().toString(),
                                WatchlistJson::watchlist));
    }

    private Reply create(Call call) throws IOException {
        JsonFields body = call.json();
        WatchlistRules fresh =
                new WatchlistRules(
                        body.requiredText("name"),
                        Optional.empty(),
                        WatchlistRules.COLOUR,
                        Optional.empty(),
                        Set.of(),
                        Set.of());
        return Reply.createdTagged(
                WatchlistJson.watchlist(lists.create(changed(fresh, body), call.sites())));
    }

    private Reply get(Call call) {
        return Reply.tagged(WatchlistJson.watchlist(list(call, id(call))));
    }

    private Reply change(Call call) throws IOException {
        WatchlistId id = id(call);
        WatchlistRules rules = changed(list(call, id).rules(), call.json());
        return Reply.tagged(
                WatchlistJson.watchlist(
                        lists.update(
                                id,
                                rules,
                                call.sites(),
                                present -> call.ifMatch(WatchlistJson.watchlist(present)))));
    }

    private Reply delete(Call call) {
        lists.delete(
                id(call), call.sites(), present -> call.ifMatch(WatchlistJson.watchlist(present)));
        return Reply.nothing();
    }

    private Reply members(Call call) {
        WatchlistId id = id(call);
        Paging paging = Paging.of(call, 50, PeopleService.MAX_PAGE);
        List<PersonId> ids =
                lists.members(
                        id,
                        paging.after().map(PersonId::parse),
                        paging.offset(),
                        paging.limit() + 1,
                        call.sites());
        List<PersonPage.Entry> rows = people.entries(ids);
        return Reply.ok(
                paging.page(
                        "people",
                        rows,
                        lists.countMembers(id),
                        entry -> entry.person().id().toString(),
                        FaceJson::person));
    }

    private Reply join(Call call) throws IOException {
        List<PersonId> wanted =
                call
                        .json()
                        .list("person_ids")
                        .orElseThrow(() -> JsonFields.missing("person_ids"))
                        .stream()
                        .map(PersonId::parse)
                        .toList();
        if (wanted.size() > 5000) {
            throw JsonFields.invalid("person_ids holds at most 5000 ids");
        }
        WatchlistId id = id(call);
        lists.join(id, wanted, call.sites());
        ObjectNode json = Json.object();
        json.put("people", lists.countMembers(id));
        return Reply.ok(json);
    }

    private Reply joinOne(Call call) {
        lists.join(id(call), List.of(call.path("person_id", PersonId::parse)), call.sites());
        return Reply.nothing();
    }

    private Reply leave(Call call) {
        if (!lists.leave(id(call), call.path("person_id", PersonId::parse), call.sites())) {
            throw new FacetException(ErrorCode.NOT_FOUND, "this person is not on the watchlist");
        }
        return Reply.nothing();
    }

    private static WatchlistRules changed(WatchlistRules present, JsonFields body) {
        OptionalDouble threshold = body.number("threshold");
        return new WatchlistRules(
                body.text("name").map(String::strip).orElse(present.name()),
                body.isNull("threshold")
                        ? Optional.empty()
                        : threshold.isPresent()
                                ? Optional.of((float) threshold.getAsDouble())
                                : present.threshold(),
                body.text("colour").orElse(present.colour()),
                body.isNull("expires_at")
                        ? Optional.empty()
                        : body.text("expires_at")
                                .map(WatchlistEndpoints::time)
                                .or(present::expiresAt),
                set(body, "camera_ids", CameraId::parse).orElse(present.cameras()),
                set(body, "site_ids", SiteId::new).orElse(present.sites()));
    }

    private static <T> Optional<Set<T>> set(
            JsonFields body, String key, Function<String, T> parse) {
        return body.list(key).map(texts -> texts.stream().map(parse).collect(Collectors.toSet()));
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text).truncatedTo(java.time.temporal.ChronoUnit.MILLIS);
        } catch (DateTimeParseException notATime) {
            throw new FacetException(
                    ErrorCode.INVALID_ARGUMENT,
                    "expires_at is a time such as 2026-01-31T12:00:00Z",
                    notATime);
        }
    }

    private Watchlist list(Call call, WatchlistId id) {
        return lists.get(id, call.sites())
                .orElseThrow(() ->
                        new FacetException(ErrorCode.NOT_FOUND, "there is no such watchlist"));
    }

    private static WatchlistId id(Call call) {
        return call.path("watchlist_id", WatchlistId::parse);
    }
}
