package io.tidepole.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidepole.host.SensorValue.Kind;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HwmonTest {
    @TempDir
    private Path sysClass;

    private SysTree tree;
    private Hwmon hwmon;

    @BeforeEach
    void open() {
        tree = new SysTree(sysClass);
        hwmon = new Hwmon(sysClass);
    }

    @Test
    void sensors_chipsWithLabels_areNamedByChipAndLabel() {
        tree.file("hwmon/hwmon0/name", "k10temp")
                .file("hwmon/hwmon0/temp1_input", "48125")
                .file("hwmon/hwmon0/temp1_label", "Tctl");
        tree.file("hwmon/hwmon1/name", "nct6775")
                .file("hwmon/hwmon1/temp2_input", "31000")
                .file("hwmon/hwmon1/fan1_input", "0")
                .file("hwmon/hwmon1/fan2_input", "1180");
        assertThat(hwmon.read())
                .containsExactlyInAnyOrder(
                        new SensorValue(Kind.TEMPERATURE, "k10temp Tctl", 48.125),
                        new SensorValue(Kind.TEMPERATURE, "nct6775 temp2", 31),
                        new SensorValue(Kind.FAN, "nct6775 fan1", 0),
                        new SensorValue(Kind.FAN, "nct6775 fan2", 1180));
    }

    @Test
    void sensors_twoChipsOfOneName_areNumbered() {
        tree.file("hwmon/hwmon2/name", "nvme").file("hwmon/hwmon2/temp1_input", "40000");
        tree.file("hwmon/hwmon10/name", "nvme").file("hwmon/hwmon10/temp1_input", "50000");
        assertThat(hwmon.read())
                .containsExactly(
                        new SensorValue(Kind.TEMPERATURE, "nvme temp1", 40),
                        new SensorValue(Kind.TEMPERATURE, "nvme temp1 2", 50));
    }

    @Test
    void sensors_notConnectedOrBroken_areLeftOut() {
        tree.file("hwmon/hwmon0/name", "nct6775")
                .file("hwmon/hwmon0/temp1_input", "-128000")
                .file("hwmon/hwmon0/temp2_input", "no")
                .folder("hwmon/hwmon0/temp3_input");
        assertThat(hwmon.read()).isEmpty();
    }

    @Test
    void sensors_boardWithoutChip_showsItsZones() {
        tree.file("thermal/thermal_zone0/type", "cpu-thermal").file("thermal/thermal_zone0/temp", "50464");
        tree.file("thermal/cooling_device0/type", "Processor");
        assertThat(hwmon.read()).containsExactly(new SensorValue(Kind.TEMPERATURE, "cpu-thermal", 50.464));
    }

    @Test
    void sensors_noneThere_isNoFailure() {
        assertThat(hwmon.read()).isEmpty();
    }

    @Test
    void sensorProbe_bothKinds_becomeTheirSeries() {
        Probe probe = new SensorProbe(
                Found.SERIES,
                () -> List.of(new SensorValue(Kind.TEMPERATURE, "cpu", 51.5), new SensorValue(Kind.FAN, "cpu", 900)));
        assertThat(Found.by(probe, 0))
                .isEqualTo(Map.of("host_temperature sensor=cpu", 51.5, "fan_speed fan=cpu", 900.0));
    }
}
