package io.facet.edge.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineTest {
    @TempDir Path sensors;

    private void zone(String name, String says) throws IOException {
        Files.writeString(Files.createDirectories(sensors.resolve(name)).resolve("temp"), says);
    }

    @Test
    void theHottestSensorThatMakesSenseCounts() throws IOException {
        zone("thermal_zone0", "41500\n");
        zone("thermal_zone1", "-274000\n");
        zone("thermal_zone2", "rubbish");
        zone("cooling_device0", "99000\n");
        Files.createDirectories(sensors.resolve("thermal_zone3"));
        assertThat(Machine.now(sensors).temperature()).hasValue(41.5);
    }

    @Test
    void aMachineWithoutSensorsSaysNothingOfThem() {
        assertThat(Machine.now(sensors).temperature()).isEmpty();
        assertThat(Machine.now(sensors.resolve("none")).temperature()).isEmpty();
        assertThat(Machine.now().load().orElse(0)).isNotNegative();
    }
}
