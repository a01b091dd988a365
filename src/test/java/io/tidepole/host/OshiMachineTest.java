package io.tidepole.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The portable way, on the machine that runs the test: what other systems get must hold here too. */
final class OshiMachineTest {
    static List<OshiMachine> machines() {
        return List.of(OshiMachine.nativeCalls(), OshiMachine.nativeFree());
    }

    @ParameterizedTest
    @MethodSource("machines")
    void machine_askedForEverything_answersSanely(OshiMachine machine) {
        assertThat(machine.cpuTicks()).hasDimensions(machine.info("quay-01").cores(), CpuTicks.COUNT);
        assertThat(machine.memory().usagePercent()).isBetween(0.1, 100.0);
        assertThat(machine.load().threads()).isPositive();
        assertThat(machine.uptimeSeconds()).isPositive();
        assertThat(machine.localFileSystems())
                .allSatisfy(use -> assertThat(use.usagePercent()).isBetween(0.0, 100.0));
        assertThat(machine.disks()).allSatisfy(disk -> assertThat(disk.name()).isNotEmpty());
        assertThat(machine.interfaces())
                .allSatisfy(each -> assertThat(each.receivedBytes()).isNotNegative());
        assertThat(machine.sensors())
                .allSatisfy(sensor -> assertThat(sensor.value()).isFinite());
        assertThat(machine.container()).isNotNull();
        assertThat(machine.info("quay-01").memoryTotal()).isPresent();
    }

    @ParameterizedTest
    @MethodSource("machines")
    void processes_listed_haveThisOneInThem(OshiMachine machine) {
        int self = (int) ProcessHandle.current().pid();
        assertThat(machine.processes()).anySatisfy(process -> {
            assertThat(process.pid()).isEqualTo(self);
            assertThat(process.memoryBytes()).isPositive();
        });
        assertThat(machine.userOf(self)).isNotEmpty();
    }
}
