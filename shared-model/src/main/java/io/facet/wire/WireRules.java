package io.facet.wire;

import io.facet.model.Region.Corner;
import io.facet.wire.v1.CameraRules;
import io.facet.wire.v1.Region;
import io.facet.wire.v1.Schedule;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A camera's rules on the wire. Stateless. */
public final class WireRules {
    private static final int MINUTES_OF_A_DAY = 24 * 60;

    private WireRules() {}

    /** To send. */
    public static CameraRules of(io.facet.model.CameraRules rules) {
        CameraRules.Builder wire =
                CameraRules.newBuilder()
                        .setRevision(rules.revision())
                        .setMinFaceSize(rules.minFaceSize());
        rules.zones().forEach(zone -> wire.addZones(region(zone)));
        rules.masks().forEach(mask -> wire.addMasks(region(mask)));
        rules.threshold().ifPresent(wire::setThreshold);
        rules.inferenceBudget().ifPresent(wire::setInferenceBudget);
        rules.schedule().ifPresent(schedule -> wire.setSchedule(schedule(schedule)));
        return wire.build();
    }

    private static Region region(io.facet.model.Region region) {
        Region.Builder wire = Region.newBuilder();
        region.corners().forEach(corner -> wire.addXy(corner.x()).addXy(corner.y()));
        return wire.build();
    }

    private static Schedule schedule(io.facet.model.Schedule schedule) {
        Schedule.Builder wire = Schedule.newBuilder().setTimeZone(schedule.zone().getId());
        for (io.facet.model.Schedule.Hours hours : schedule.hours()) {
            wire.addHoursBuilder()
                    .addAllDays(hours.days().stream().map(DayOfWeek::getValue).sorted().toList())
                    .setFromMinute(hours.from().toSecondOfDay() / 60)
                    .setToMinute(hours.to().toSecondOfDay() / 60);
        }
        return wire.build();
    }

    /**
     * As received.
     *
     * @throws IllegalArgumentException when it cannot be kept to
     */
    public static io.facet.model.CameraRules from(CameraRules wire) {
        return new io.facet.model.CameraRules(
                wire.getRevision(),
                wire.getZonesList().stream().map(WireRules::region).toList(),
                wire.getMasksList().stream().map(WireRules::region).toList(),
                wire.getMinFaceSize(),
                wire.hasThreshold() ? Optional.of(wire.getThreshold()) : Optional.empty(),
                wire.hasInferenceBudget()
                        ? Optional.of(wire.getInferenceBudget())
                        : Optional.empty(),
                wire.hasSchedule() ? Optional.of(schedule(wire.getSchedule())) : Optional.empty());
    }

    private static io.facet.model.Region region(Region wire) {
        List<Corner> corners = new ArrayList<>();
        for (int i = 0; i + 1 < wire.getXyCount(); i += 2) {
            corners.add(new Corner(wire.getXy(i), wire.getXy(i + 1)));
        }
        return new io.facet.model.Region(corners);
    }

    private static io.facet.model.Schedule schedule(Schedule wire) {
        try {
            return new io.facet.model.Schedule(
                    ZoneId.of(wire.getTimeZone()),
                    wire.getHoursList().stream().map(WireRules::hours).toList());
        } catch (DateTimeException unknown) {
            throw new IllegalArgumentException("its schedule is unknown here", unknown);
        }
    }

    private static io.facet.model.Schedule.Hours hours(Schedule.Hours wire) {
        Set<DayOfWeek> days =
                wire.getDaysList().stream().map(DayOfWeek::of).collect(Collectors.toSet());
        return new io.facet.model.Schedule.Hours(
                days, time(wire.getFromMinute()), time(wire.getToMinute()));
    }

    private static LocalTime time(int minute) {
        return LocalTime.ofSecondOfDay(60L * (minute % MINUTES_OF_A_DAY));
    }
}
