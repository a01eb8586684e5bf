package io.facet.model;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * When a camera looks at what it sees.
 *
 * @param zone the camera's
 * @param hours one of them must hold; 1 to 50
 */
public record Schedule(ZoneId zone, List<Hours> hours) {
    private static final int MOST_HOURS = 50;

    /**
     * Hours of some days of the week.
     *
     * @param days on which they begin; at least one
     * @param from first minute
     * @param to the minute after the last; not after {@code from}: of the next day, so equal ones
     *     are a whole day
     */
    public record Hours(Set<DayOfWeek> days, LocalTime from, LocalTime to) {
        public Hours {
            if (days.isEmpty()) {
                throw new IllegalArgumentException("hours of a schedule name at least one day");
            }
            days = Set.copyOf(EnumSet.copyOf(days));
        }

        private boolean include(DayOfWeek day, LocalTime time) {
            boolean overnight = !to.isAfter(from);
            boolean begun = !time.isBefore(from);
            if (days.contains(day) && begun && (overnight || time.isBefore(to))) {
                return true;
            }
            return overnight && days.contains(day.minus(1)) && time.isBefore(to);
        }
    }

    public Schedule {
        hours = List.copyOf(hours);
        if (hours.isEmpty() || hours.size() > MOST_HOURS) {
            throw new IllegalArgumentException("a schedule has 1 to " + MOST_HOURS + " hours");
        }
    }

    /** Whether a moment lies in its hours. */
    public boolean includes(Instant moment) {
        ZonedDateTime local = moment.atZone(zone);
        for (Hours some : hours) {
            if (some.include(local.getDayOfWeek(), local.toLocalTime())) {
                return true;
            }
        }
        return false;
    }
}
