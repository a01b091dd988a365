package io.tidepole.host;

import java.io.IOException;
import java.util.List;

/** What a kind of machine can tell. What it cannot is NaN, negative or an empty list, as the types say. */
interface Machine {
    HostInfo info(String name) throws IOException;

    /** Whether load and the counters of disks and interfaces are one short look away, so that nothing waits for them. */
    boolean hasQuickCounters();

    /** Of each core, in the order of {@link CpuTicks}. */
    long[][] cpuTicks() throws IOException;

    LoadFigures load() throws IOException;

    MemoryFigures memory() throws IOException;

    double uptimeSeconds() throws IOException;

    List<DiskCounters> disks() throws IOException;

    List<InterfaceCounters> interfaces() throws IOException;

    List<FileSystemUse> localFileSystems() throws IOException;

    /** May hang for as long as the other side does. */
    List<FileSystemUse> remoteFileSystems() throws IOException;

    List<SensorValue> sensors() throws IOException;

    List<ProcessCounters> processes() throws IOException;

    /** The name of the user of a process, or an empty string. */
    String userOf(int pid);

    ContainerFigures container() throws IOException;
}
