package io.facet.edge.health;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;

/**
 * What the machine feels. Thread-safe.
 *
 * @param load of the last minute: runnable threads for each core; empty where it is not known
 * @param temperature of the hottest sensor in degrees Celsius; empty without one
 */
public record Machine(OptionalDouble load, OptionalDouble temperature) {
    /** Linux's thermal sensors. */
    private static final Path SENSORS = Path.of("/sys/class/thermal");

    private static final double COLDEST = -60;
    private static final double HOTTEST = 200;

    /** Now. */
    public static Machine now() {
        return now(SENSORS);
    }

    static Machine now(Path sensors) {
        var system = ManagementFactory.getOperatingSystemMXBean();
        double average = system.getSystemLoadAverage();
        return new Machine(
                average < 0
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(average / system.getAvailableProcessors()),
                hottest(sensors));
    }

    private static OptionalDouble hottest(Path sensors) {
        OptionalDouble hottest = OptionalDouble.empty();
        try (DirectoryStream<Path> zones = Files.newDirectoryStream(sensors, "thermal_zone*")) {
            for (Path zone : zones) {
                OptionalDouble degrees = degrees(zone.resolve("temp"));
                if (degrees.isPresent()
                        && degrees.getAsDouble() > hottest.orElse(Double.NEGATIVE_INFINITY)) {
                    hottest = degrees;
                }
            }
        } catch (IOException none) {
            return OptionalDouble.empty();
        }
        return hottest;
    }

    /** A sensor that is switched off cannot be read, or says something absurd. */
    private static OptionalDouble degrees(Path file) {
        try {
            double degrees = Long.parseLong(Files.readString(file).strip()) / 1000.0;
            return degrees > COLDEST && degrees < HOTTEST
                    ? OptionalDouble.of(degrees)
                    : OptionalDouble.empty();
        } catch (IOException | NumberFormatException unreadable) {
            return OptionalDouble.empty();
        }
    }
}
