package io.tidepole.host;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A Linux machine. OSHI tells what it tells cheaply; the rest is read from /proc and /sys here, for these reasons:
 *
 * <ul>
 *   <li>memory: OSHI reads the file two to four times for one sample and knows neither cache nor buffers
 *   <li>disks and network: one file tells of all devices, where OSHI reads one for each disk (without the wait) and
 *       thirteen for each interface
 *   <li>file systems: OSHI starts a program at each look
 *   <li>processes: OSHI reads five files for each, one is enough
 *   <li>sensors, control groups: see {@link Hwmon}, {@link Cgroup}
 * </ul>
 *
 * <p>Each file is read once in a sample.
 */
final class LinuxMachine implements Machine {
    private final OshiMachine oshi = OshiMachine.nativeFree();
    private final KernelFile loadavg = new KernelFile("/proc/loadavg");
    private final KernelFile meminfo = new KernelFile("/proc/meminfo");
    private final KernelFile diskstats = new KernelFile("/proc/diskstats");
    private final KernelFile netDev = new KernelFile("/proc/net/dev");
    private final LinuxDevices devices = new LinuxDevices(Path.of("/sys"));
    private final Hwmon hwmon = new Hwmon(Path.of("/sys/class"));
    private final KernelBuffer processState = new KernelBuffer();

    @Override
    public HostInfo info(String name) throws IOException {
        HostInfo info = oshi.info(name);
        String route = KernelFile.tryRead(Path.of("/proc/net/route")).orElse("");
        String route6 = KernelFile.tryRead(Path.of("/proc/net/ipv6_route")).orElse("");
        return new HostInfo(
                info.name(),
                info.os(),
                info.cores(),
                info.bootTimeMillis(),
                info.memoryTotal(),
                devices.mainInterface(route, route6));
    }

    @Override
    public boolean hasQuickCounters() {
        return true;
    }

    @Override
    public long[][] cpuTicks() {
        return oshi.cpuTicks();
    }

    @Override
    public LoadFigures load() throws IOException {
        return LoadFigures.parse(loadavg.read());
    }

    @Override
    public MemoryFigures memory() throws IOException {
        return MemoryFigures.parse(meminfo.read());
    }

    @Override
    public double uptimeSeconds() {
        return oshi.uptimeSeconds();
    }

    @Override
    public List<DiskCounters> disks() throws IOException {
        return DiskCounters.parse(diskstats.read(), devices::isWholeDisk);
    }

    @Override
    public List<InterfaceCounters> interfaces() throws IOException {
        return InterfaceCounters.parse(netDev.read(), devices::kindOfInterface);
    }

    @Override
    public List<FileSystemUse> localFileSystems() throws IOException {
        return Mounts.measure(Mounts.local(mounts(), point -> new File(point).isDirectory()));
    }

    @Override
    public List<FileSystemUse> remoteFileSystems() throws IOException {
        return Mounts.measure(Mounts.remote(mounts()));
    }

    @Override
    public List<SensorValue> sensors() {
        return hwmon.read();
    }

    @Override
    public List<ProcessCounters> processes() throws IOException {
        String[] names = new File("/proc").list();
        if (names == null) {
            throw new IOException("/proc cannot be listed");
        }
        long pageBytes = oshi.pageBytes();
        List<ProcessCounters> processes = new ArrayList<>(names.length);
        for (String name : names) {
            if (Character.isDigit(name.charAt(0))) {
                addProcess(name, pageBytes, processes);
            }
        }
        return processes;
    }

    @Override
    public String userOf(int pid) {
        try {
            return Files.getOwner(Path.of("/proc", Integer.toString(pid))).getName();
        } catch (IOException ended) {
            return "";
        }
    }

    @Override
    public ContainerFigures container() throws IOException {
        return Cgroup.find(Path.of("/sys/fs/cgroup"), new KernelFile("/proc/self/cgroup").read())
                .read();
    }

    /** One that ended since the list was made is left out. */
    private void addProcess(String pid, long pageBytes, List<ProcessCounters> processes) throws IOException {
        String state;
        try {
            state = processState.read("/proc/" + pid + "/stat");
        } catch (IOException ended) {
            return;
        }
        processes.add(ProcessCounters.parse(state, pageBytes));
    }

    private static String mounts() throws IOException {
        return new KernelFile("/proc/self/mounts").read();
    }
}
