package io.tidepole.host;

import io.tidepole.metric.Descriptor;
import io.tidepole.metric.Unit;
import java.util.ArrayList;
import java.util.List;

/** Which probes there are, and how often each runs. */
final class HostProbes {
    private static final long DEVICES_MILLIS = 1_000;
    private static final long SENSORS_MILLIS = 5_000;
    private static final long CONTAINER_MILLIS = 5_000;
    private static final long FILE_SYSTEMS_MILLIS = 10_000;

    private HostProbes() {}

    /**
     * All probes of a machine.
     *
     * @param beat of the sampler; the dear probes come less often and not all at once
     * @param processMillis how often processes are listed
     */
    static List<ProbeSlot> of(
            Machine machine, HostSeries series, ProcessProbe processes, Rhythm beat, long processMillis) {
        Rhythm devices = beat.every(DEVICES_MILLIS, 0);
        List<ProbeSlot> slots = new ArrayList<>();
        slots.add(ProbeSlot.quick("cpu", beat, new CpuProbe(series, machine::cpuTicks)));
        slots.add(ProbeSlot.quick("memory", beat, new MemoryProbe(series, machine::memory)));
        slots.add(counters("load", machine, devices, new LoadProbe(series, machine::load)));
        slots.add(counters("disks", machine, devices, new DiskProbe(series, machine::disks)));
        slots.add(counters("network", machine, devices, new NetworkProbe(series, machine::interfaces)));
        slots.add(ProbeSlot.quick("uptime", devices, uptime(series, machine)));
        slots.add(ProbeSlot.quick("jvm", devices, new JvmProbe(series)));
        slots.add(ProbeSlot.aside("processes", beat.every(processMillis, 1), processes));
        slots.add(ProbeSlot.aside("sensors", beat.every(SENSORS_MILLIS, 2), new SensorProbe(series, machine::sensors)));
        slots.add(ProbeSlot.aside(
                "container", beat.every(CONTAINER_MILLIS, 3), new ContainerProbe(series, machine::container)));
        slots.add(ProbeSlot.aside(
                "file systems",
                beat.every(FILE_SYSTEMS_MILLIS, 4),
                new FileSystemProbe(series, machine::localFileSystems)));
        slots.add(ProbeSlot.aside(
                "remote file systems",
                beat.every(FILE_SYSTEMS_MILLIS, 6),
                new FileSystemProbe(series, machine::remoteFileSystems)));
        return slots;
    }

    private static ProbeSlot counters(String name, Machine machine, Rhythm rhythm, Probe probe) {
        return machine.hasQuickCounters() ? ProbeSlot.quick(name, rhythm, probe) : ProbeSlot.aside(name, rhythm, probe);
    }

    private static Probe uptime(HostSeries series, Machine machine) {
        Descriptor uptime = series.of("uptime", Unit.SECONDS);
        return (nanos, sample) -> sample.add(uptime, machine.uptimeSeconds());
    }
}
