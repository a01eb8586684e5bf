package io.facet.hub.store.postgres;

import io.facet.model.CameraRules;
import io.facet.model.Region;
import io.facet.model.Schedule;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What cameras.rules holds; threshold and revision have columns of their own. */
record CameraRulesRow(
        List<Region> zones,
        List<Region> masks,
        int minFaceSize,
        @Nullable Float inferenceBudget,
        @Nullable String timeZone,
        List<Hours> hours) {
    /** Hours of a schedule; times as 08:30. */
    record Hours(List<DayOfWeek> days, String from, String to) {}

    static CameraRulesRow of(CameraRules rules) {
        return new CameraRulesRow(
                rules.zones(),
                rules.masks(),
                rules.minFaceSize(),
                rules.inferenceBudget().orElse(null),
                rules.schedule().map(s -> s.zone().getId()).orElse(null),
                rules.schedule().map(Schedule::hours).orElse(List.of()).stream()
                        .map(CameraRulesRow::row)
                        .toList());
    }

    private static Hours row(Schedule.Hours hours) {
        return new Hours(
                hours.days().stream().sorted().toList(),
                hours.from().toString(),
                hours.to().toString());
    }

    CameraRules rules() {
        return CameraRules.NONE
                .withZones(zones)
                .withMasks(masks)
                .withMinFaceSize(minFaceSize)
                .withInferenceBudget(Optional.ofNullable(inferenceBudget))
                .withSchedule(schedule());
    }

    private Optional<Schedule> schedule() {
        return Optional.ofNullable(timeZone)
                .map(zone ->
                        new Schedule(
                                ZoneId.of(zone),
                                hours.stream().map(CameraRulesRow::model).toList()));
    }

    private static Schedule.Hours model(Hours row) {
        return new Schedule.Hours(
                Set.copyOf(row.days()), LocalTime.parse(row.from()), LocalTime.parse(row.to()));
    }
}
