package io.facet.hub.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facet.hub.live.Subscription.Filter;
import java.util.Collections;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SubscriptionTest {
    private static ObjectNode data(String camera, String person) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        if (!camera.isEmpty()) {
            data.put("camera_id", camera);
        }
        if (!person.isEmpty()) {
            data.put("person_id", person);
        }
        return data;
    }

    private static ObjectNode matched(ObjectNode data, Set<String> lists) {
        ArrayNode array = data.putArray("watchlists");
        lists.forEach(id -> array.addObject().put("watchlist_id", id).put("name", "n"));
        return data;
    }

    private static Filter only(Set<String> cameras, Set<String> persons) {
        return new Filter(cameras, persons, Set.of());
    }

    /** The rooms are a short cut to those who want an event; nobody may be missed by it. */
    @Property(tries = 1000)
    void whoeverWantsAnEventWaitsWhereItIsCalledOut(
            @ForAll("subscriptions") Subscription subscription,
            @ForAll("names") String event,
            @ForAll("ids") String camera,
            @ForAll("ids") String person,
            @ForAll("lists") Optional<Set<String>> lists) {
        ObjectNode data = data(camera, person);
        lists.ifPresent(ids -> matched(data, ids));
        Set<String> met = new HashSet<>(subscription.rooms());
        met.retainAll(Subscription.roomsOf(event, data));
        if (subscription.wants(event, data)) {
            assertThat(met).isNotEmpty();
        }
    }

    @Example
    void aFilterSparesTheViewerOtherCameras() {
        Subscription one =
                Subscription.ALL.with(Set.of("face_recognized"), only(Set.of("door"), Set.of()));
        assertThat(one.rooms()).contains("face_recognized@door");
        assertThat(Subscription.roomsOf("face_recognized", data("yard", "ada")))
                .doesNotContainAnyElementsOf(one.rooms());
    }

    @Example
    void filtersLetThroughWhatHasNoCameraOrPerson() {
        Subscription both =
                Subscription.ALL.with(Set.of("a", "b"), only(Set.of("door"), Set.of("ada", "bob")));
        assertThat(both.wants("a", data("door", "bob"))).isTrue();
        assertThat(both.wants("a", data("door", "eve"))).isFalse();
        assertThat(both.wants("a", data("yard", "ada"))).isFalse();
        assertThat(both.wants("b", data("door", ""))).isTrue();
        assertThat(both.wants("b", data("", ""))).isTrue();
        assertThat(both.wants("c", data("", ""))).isFalse();
        assertThat(both.without(Set.of("b")).wants("b", data("", ""))).isFalse();
    }

    @Example
    void aWatchlistFilterLetsThroughItsMatchesAndWhatNeverMatches() {
        Subscription vips =
                Subscription.ALL.with(
                        Set.of("a"), new Filter(Set.of(), Set.of(), Set.of("vip", "staff")));
        assertThat(vips.rooms()).contains("a@vip", "a@staff");
        assertThat(vips.wants("a", matched(data("door", "ada"), Set.of("vip", "x")))).isTrue();
        assertThat(vips.wants("a", matched(data("door", "ada"), Set.of("x")))).isFalse();
        assertThat(vips.wants("a", matched(data("door", "ada"), Set.of()))).isFalse();
        assertThat(vips.wants("a", data("door", ""))).as("such as a camera's state").isTrue();
    }

    @Provide
    Arbitrary<Optional<Set<String>>> lists() {
        return Arbitraries.of("1", "2", "3").set().ofMaxSize(2).optional();
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.of("a", "b", "c");
    }

    @Provide
    Arbitrary<String> ids() {
        return Arbitraries.of("", "1", "2", "3");
    }

    @Provide
    Arbitrary<Subscription> subscriptions() {
        Arbitrary<Set<String>> some = Arbitraries.of("1", "2", "3").set().ofMaxSize(2);
        Arbitrary<Set<String>> names = Arbitraries.of("a", "b", "c").set().ofMaxSize(3);
        Arbitrary<Filter> filters = Combinators.combine(some, some, some).as(Filter::new);
        return Combinators.combine(names.optional(), names, filters)
                .as((wanted, unwanted, filter) ->
                        new Subscription(
                                wanted,
                                wanted.isPresent() ? Collections.emptySet() : unwanted,
                                filter));
    }

    @Example
    void withoutAWordEverythingIsWanted() {
        assertThat(Subscription.ALL.wants("a", data("door", "ada"))).isTrue();
        assertThat(Subscription.ALL.without(Set.of("a")).wants("a", data("", ""))).isFalse();
        assertThat(Subscription.ALL.wanted()).isEqualTo(Optional.empty());
    }
}
