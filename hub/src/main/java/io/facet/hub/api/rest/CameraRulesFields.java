package io.facet.hub.api.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.api.schema.Plain;
import io.facet.hub.api.schema.Schema;
import io.facet.model.CameraRules;
import io.facet.model.Region;
import io.facet.model.Schedule;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A change of a camera's rules as it is sent: absent keys keep, null takes away. */
final class CameraRulesFields {
    private static final Schema REGIONS =
            Schema.list(Schema.list(Schema.list(Plain.SHARE))).orNull();
    private static final String[] DAYS =
            Arrays.stream(DayOfWeek.values())
                    .map(day -> day.name().toLowerCase(Locale.ROOT))
                    .toArray(String[]::new);

    /** The keys, with their schemas. */
    static final Schema.Fields KEYS =
            Schema.object()
                    .maybe("threshold", Plain.SHARE.orNull())
                    .maybe("zones", REGIONS)
                    .maybe("masks", REGIONS)
                    .maybe("min_face_size", Plain.INTEGER.orNull())
                    .maybe("inference_budget", Plain.NUMBER.orNull())
                    .maybe("schedule", Schema.ref("Schedule").orNull());

    private CameraRulesFields() {}

    static UnaryOperator<CameraRules> change(JsonFields body) {
        List<UnaryOperator<CameraRules>> changes = new ArrayList<>();
        if (body.isSent("threshold")) {
            Optional<Float> threshold = number(body, "threshold");
            changes.add(rules -> rules.withThreshold(threshold));
        }
        if (body.isSent("zones")) {
            List<Region> zones = regions(body, "zones");
            changes.add(rules -> rules.withZones(zones));
        }
        if (body.isSent("masks")) {
            List<Region> masks = regions(body, "masks");
            changes.add(rules -> rules.withMasks(masks));
        }
        if (body.isSent("min_face_size")) {
            int size = body.integer("min_face_size").orElse(0);
            changes.add(rules -> rules.withMinFaceSize(size));
        }
        if (body.isSent("inference_budget")) {
            Optional<Float> budget = number(body, "inference_budget");
            changes.add(rules -> rules.withInferenceBudget(budget));
        }
        if (body.isSent("schedule")) {
            Optional<Schedule> schedule = body.node("schedule").map(node -> schedule(node));
            changes.add(rules -> rules.withSchedule(schedule));
        }
        return rules -> {
            CameraRules changed = rules;
            for (UnaryOperator<CameraRules> change : changes) {
                changed = change.apply(changed);
            }
            return changed;
        };
    }

    private static Optional<Float> number(JsonFields body, String key) {
        return body.number(key).stream().mapToObj(n -> (float) n).findFirst();
    }

    private static List<Region> regions(JsonFields body, String key) {
        List<Region> regions = new ArrayList<>();
        for (JsonNode region : list(body.node(key), key)) {
            List<Region.Corner> corners = new ArrayList<>();
            for (JsonNode corner : list(Optional.of(region), key)) {
                corners.add(corner(corner, key));
            }
            regions.add(new Region(corners));
        }
        return regions;
    }

    private static Region.Corner corner(JsonNode corner, String key) {
        if (corner.size() != 2 || !corner.path(0).isNumber() || !corner.path(1).isNumber()) {
            throw notRegions(key);
        }
        return new Region.Corner(corner.get(0).floatValue(), corner.get(1).floatValue());
    }

    private static Iterable<JsonNode> list(Optional<JsonNode> node, String key) {
        if (node.isPresent() && !node.get().isArray()) {
            throw notRegions(key);
        }
        return node.<Iterable<JsonNode>>map(n -> n).orElse(List.of());
    }

    private static FacetException notRegions(String key) {
        return JsonFields.invalid(
                "\""
                        + key
                        + "\" must be a list of polygons, each a list of corners [x, y] in shares"
                        + " of the picture");
    }

    private static Schedule schedule(JsonNode node) {
        JsonFields fields = JsonFields.of(node, "schedule", Set.of("time_zone", "hours"));
        JsonNode hours =
                fields.node("hours")
                        .filter(JsonNode::isArray)
                        .orElseThrow(() -> JsonFields.invalid("\"hours\" must be a list"));
        List<Schedule.Hours> all = new ArrayList<>();
        hours.forEach(each -> all.add(hours(each)));
        return new Schedule(zone(fields.requiredText("time_zone")), all);
    }

    private static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException unknown) {
            throw new FacetException(
                    ErrorCode.INVALID_ARGUMENT,
                    "\"time_zone\" must be a name like Europe/Berlin",
                    unknown);
        }
    }

    private static Schedule.Hours hours(JsonNode node) {
        JsonFields fields = JsonFields.of(node, "hours", Set.of("days", "from", "to"));
        Set<DayOfWeek> days = new HashSet<>();
        for (String day : fields.list("days").orElseThrow(() -> JsonFields.missing("days"))) {
            int index = Arrays.asList(DAYS).indexOf(day);
            if (index < 0) {
                throw JsonFields.invalid("\"days\" are " + String.join(", ", DAYS));
            }
            days.add(DayOfWeek.of(index + 1));
        }
        return new Schedule.Hours(
                days,
                time("from", fields.requiredText("from")),
                time("to", fields.requiredText("to")));
    }

    private static LocalTime time(String key, String text) {
        if (!text.matches("([01]\\d|2[0-3]):[0-5]\\d")) {
            throw JsonFields.invalid("\"" + key + "\" must be a time like 08:30");
        }
        return LocalTime.parse(text);
    }
}
