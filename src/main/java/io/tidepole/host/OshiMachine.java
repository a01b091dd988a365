package io.tidepole.host;

import io.tidepole.host.HostInfo.NetworkLink;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import oshi.hardware.CentralProcessor;
import oshi.hardware.GlobalMemory;
import oshi.hardware.HWDiskStore;
import oshi.hardware.NetworkIF;
import oshi.hardware.Sensors;
import oshi.hardware.VirtualMemory;
import oshi.software.os.CgroupInfo;
import oshi.software.os.OSFileStore;
import oshi.software.os.OSProcess;
import oshi.software.os.OperatingSystem;
import oshi.spi.SystemInfoProvider;
import oshi.util.GlobalConfig;

/** Any machine that OSHI knows, as OSHI shows it. */
final class OshiMachine implements Machine {
    /**
     * OSHI keeps answers for 300 ms, which would repeat them when we sample each 100 ms. Kept for less than that, several
     * figures of one sample still come from one look.
     */
    private static final int KEEP_ANSWERS_MILLIS = 50;

    /** Listing devices is dear and they seldom change: so many looks at the known ones before they are listed anew. */
    private static final int LOOKS_PER_LISTING = 30;

    private final SystemInfoProvider system;
    private final Listing<HWDiskStore> disks;
    private final Listing<NetworkIF> interfaces;

    private OshiMachine(SystemInfoProvider system) {
        this.system = system;
        disks = new Listing<>(() -> system.getHardware().getDiskStores());
        interfaces = new Listing<>(() -> system.getHardware().getNetworkIFs());
    }

    /** With native calls. */
    static OshiMachine nativeCalls() {
        keepAnswersShortly();
        return new OshiMachine(new oshi.SystemInfo());
    }

    /** For Linux without native calls: all is in /proc and /sys, and no library is to be loaded. */
    static OshiMachine nativeFree() {
        keepAnswersShortly();
        return new OshiMachine(new oshi.nativefree.SystemInfo());
    }

    private static void keepAnswersShortly() {
        GlobalConfig.set("oshi.util.memoizer.expiration", KEEP_ANSWERS_MILLIS);
    }

    @Override
    public HostInfo info(String name) {
        OperatingSystem os = system.getOperatingSystem();
        return new HostInfo(
                name,
                os.getFamily() + " " + os.getVersionInfo().getVersion(),
                processor().getLogicalProcessorCount(),
                OptionalLong.of(os.getSystemBootTime() * 1000),
                OptionalLong.of(system.getHardware().getMemory().getTotal()),
                mainInterface());
    }

    @Override
    public boolean hasQuickCounters() {
        return false;
    }

    @Override
    public long[][] cpuTicks() {
        return processor().getProcessorCpuLoadTicks();
    }

    @Override
    public LoadFigures load() {
        return LoadFigures.of(
                processor().getSystemLoadAverage(3), system.getOperatingSystem().getThreadCount());
    }

    @Override
    public MemoryFigures memory() {
        GlobalMemory memory = system.getHardware().getMemory();
        VirtualMemory swap = memory.getVirtualMemory();
        return new MemoryFigures(
                memory.getTotal(),
                memory.getAvailable(),
                Double.NaN,
                Double.NaN,
                swap.getSwapTotal(),
                swap.getSwapTotal() - swap.getSwapUsed());
    }

    long pageBytes() {
        return system.getHardware().getMemory().getPageSize();
    }

    @Override
    public double uptimeSeconds() {
        return system.getOperatingSystem().getSystemUptime();
    }

    @Override
    public List<DiskCounters> disks() {
        List<DiskCounters> counters = new ArrayList<>();
        for (HWDiskStore disk : disks.current()) {
            if (disk.updateAttributes()) {
                counters.add(new DiskCounters(
                        disk.getName(),
                        disk.getReads(),
                        disk.getReadBytes(),
                        disk.getWrites(),
                        disk.getWriteBytes(),
                        -1,
                        disk.getTransferTime()));
            }
        }
        return counters;
    }

    @Override
    public List<InterfaceCounters> interfaces() {
        List<InterfaceCounters> counters = new ArrayList<>();
        for (NetworkIF each : interfaces.current()) {
            if (each.updateAttributes()) {
                counters.add(new InterfaceCounters(
                        each.getName(),
                        each.isKnownVmMacAddr() ? InterfaceCounters.Kind.STACKED : InterfaceCounters.Kind.HARDWARE,
                        each.getBytesRecv(),
                        each.getBytesSent(),
                        each.getPacketsRecv(),
                        each.getPacketsSent(),
                        each.getInErrors() + each.getOutErrors(),
                        each.getInDrops()));
            }
        }
        return counters;
    }

    @Override
    public List<FileSystemUse> localFileSystems() {
        return use(system.getOperatingSystem().getFileSystem().getFileStores(true));
    }

    @Override
    public List<FileSystemUse> remoteFileSystems() {
        List<OSFileStore> all = system.getOperatingSystem().getFileSystem().getFileStores(false);
        return use(all.stream().filter(store -> !store.isLocal()).toList());
    }

    @Override
    public List<SensorValue> sensors() {
        Sensors sensors = system.getHardware().getSensors();
        List<SensorValue> values = new ArrayList<>();
        double celsius = sensors.getCpuTemperature();
        if (celsius > 0) {
            values.add(new SensorValue(SensorValue.Kind.TEMPERATURE, "cpu", celsius));
        }
        int[] fans = sensors.getFanSpeeds();
        for (int i = 0; i < fans.length; i++) {
            values.add(new SensorValue(SensorValue.Kind.FAN, "fan" + (i + 1), fans[i]));
        }
        return values;
    }

    @Override
    public List<ProcessCounters> processes() {
        return system.getOperatingSystem().getProcesses().stream()
                .map(process -> new ProcessCounters(
                        process.getProcessID(),
                        process.getStartTime(),
                        process.getName(),
                        process.getKernelTime() + process.getUserTime(),
                        process.getResidentMemory()))
                .toList();
    }

    @Override
    public String userOf(int pid) {
        OSProcess process = system.getOperatingSystem().getProcess(pid);
        return process == null ? "" : process.getUser();
    }

    @Override
    public ContainerFigures container() {
        CgroupInfo cgroup = system.getOperatingSystem().getCgroupInfo();
        long quota = cgroup.getCpuQuota();
        long memory = cgroup.getMemoryLimit();
        boolean limited = memory != CgroupInfo.UNLIMITED_MEMORY;
        return new ContainerFigures(
                quota > 0 ? (double) quota / cgroup.getCpuPeriod() : Double.NaN,
                limited ? memory : Double.NaN,
                limited ? cgroup.getMemoryUsage() : Double.NaN);
    }

    /** The busiest one that is up. */
    private Optional<NetworkLink> mainInterface() {
        return system.getHardware().getNetworkIFs().stream()
                .filter(each -> !each.isKnownVmMacAddr() && each.getIPv4addr().length > 0)
                .max(Comparator.comparingLong(NetworkIF::getBytesRecv))
                .map(each -> new NetworkLink(
                        each.getName(), each.getSpeed() > 0 ? OptionalLong.of(each.getSpeed()) : OptionalLong.empty()));
    }

    private CentralProcessor processor() {
        return system.getHardware().getProcessor();
    }

    private static List<FileSystemUse> use(List<OSFileStore> stores) {
        return stores.stream()
                .filter(store -> store.getTotalSpace() > 0)
                .map(store -> new FileSystemUse(
                        store.getMount(), store.getTotalSpace(), store.getFreeSpace(), store.getUsableSpace()))
                .toList();
    }

    /** Devices, listed now and then. */
    private static final class Listing<T> {
        private final Supplier<List<T>> list;
        private List<T> current = List.of();
        private int looksLeft;

        Listing(Supplier<List<T>> list) {
            this.list = list;
        }

        List<T> current() {
            if (looksLeft-- <= 0) {
                current = list.get();
                looksLeft = LOOKS_PER_LISTING;
            }
            return current;
        }
    }
}
