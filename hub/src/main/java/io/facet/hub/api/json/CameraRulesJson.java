package io.facet.hub.api.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facet.model.CameraRules;
import io.facet.model.Region;
import io.facet.model.Schedule;
import java.util.List;
import java.util.Locale;

/** What a camera attends to. */
final class CameraRulesJson {
    private CameraRulesJson() {}

    static void write(ObjectNode json, CameraRules rules) {
        json.put("threshold", rules.threshold().map(Json::rounded).orElse(null));
        json.set("zones", regions(rules.zones()));
        json.set("masks", regions(rules.masks()));
        json.put("min_face_size", rules.minFaceSize() == 0 ? null : (Integer) rules.minFaceSize());
        json.put("inference_budget", rules.inferenceBudget().map(Json::rounded).orElse(null));
        json.set("schedule", rules.schedule().map(CameraRulesJson::schedule).orElse(null));
        json.put("settings_revision", rules.revision());
    }

    private static ArrayNode regions(List<Region> regions) {
        return Json.array(regions, region -> Json.array(region.corners(), CameraRulesJson::corner));
    }

    private static ArrayNode corner(Region.Corner corner) {
        return JsonNodeFactory.instance
                .arrayNode()
                .add(Json.rounded(corner.x()))
                .add(Json.rounded(corner.y()));
    }

    private static ObjectNode schedule(Schedule schedule) {
        ObjectNode json = Json.object();
        json.put("time_zone", schedule.zone().getId());
        json.set("hours", Json.array(schedule.hours(), CameraRulesJson::hours));
        return json;
    }

    private static ObjectNode hours(Schedule.Hours hours) {
        ObjectNode json = Json.object();
        ArrayNode days = json.putArray("days");
        hours.days().stream()
                .sorted()
                .forEach(day -> days.add(day.name().toLowerCase(Locale.ROOT)));
        json.put("from", hours.from().toString());
        json.put("to", hours.to().toString());
        return json;
    }
}
