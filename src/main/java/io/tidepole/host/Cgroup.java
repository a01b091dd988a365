package io.tidepole.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The control groups of this process, version 2 or 1.
 *
 * <p>A limit on any group above ours holds us too, so all up to the root are read and the tightest counts. Inside a
 * container the path may name groups of the host that are not mounted; then the root of the mount is our group. (OSHI
 * reads the one named group alone.)
 */
final class Cgroup {
    /** Version 1 says "no limit" with the greatest number that fits; nobody has as much memory as this. */
    private static final double NO_LIMIT_BYTES = 1L << 60;

    private final boolean unified;
    private final List<Path> cpuGroups;
    private final List<Path> memoryGroups;

    private Cgroup(boolean unified, List<Path> cpuGroups, List<Path> memoryGroups) {
        this.unified = unified;
        this.cpuGroups = cpuGroups;
        this.memoryGroups = memoryGroups;
    }

    /**
     * Finds the groups.
     *
     * @param root /sys/fs/cgroup
     * @param selfCgroup the text of /proc/self/cgroup: lines of {@code hierarchy:controllers:path}
     */
    static Cgroup find(Path root, String selfCgroup) {
        if (Files.exists(root.resolve("cgroup.controllers"))) {
            List<Path> groups = selfCgroup
                    .lines()
                    .filter(line -> line.startsWith("0::"))
                    .map(line -> upwards(root, line.substring(3)))
                    .findFirst()
                    .orElse(List.of(root));
            return new Cgroup(true, groups, groups);
        }
        return new Cgroup(false, version1(root, selfCgroup, "cpu"), version1(root, selfCgroup, "memory"));
    }

    ContainerFigures read() throws IOException {
        double memoryLimit = Double.NaN;
        double memoryUsed = Double.NaN;
        for (Path group : memoryGroups) {
            double limit = memoryLimit(group);
            if (limit < NO_LIMIT_BYTES && !(limit >= memoryLimit)) {
                memoryLimit = limit;
                memoryUsed = memoryUsed(group);
            }
        }
        double cpuLimit = Double.NaN;
        for (Path group : cpuGroups) {
            double limit = cpuLimit(group);
            if (!Double.isNaN(limit) && !(limit >= cpuLimit)) {
                cpuLimit = limit;
            }
        }
        return new ContainerFigures(cpuLimit, memoryLimit, memoryUsed);
    }

    private double cpuLimit(Path group) throws IOException {
        if (unified) {
            Optional<String> max = KernelFile.tryRead(group.resolve("cpu.max"));
            return max.isPresent() ? ofPeriod(new Words(max.get())) : Double.NaN;
        }
        double quota = number(group, "cpu.cfs_quota_us");
        return quota > 0 ? quota / number(group, "cpu.cfs_period_us") : Double.NaN;
    }

    private static double ofPeriod(Words quotaAndPeriod) throws IOException {
        String quota = quotaAndPeriod.next();
        return quota.equals("max") ? Double.NaN : new Words(quota).decimal() / quotaAndPeriod.decimal();
    }

    private double memoryLimit(Path group) {
        return number(group, unified ? "memory.max" : "memory.limit_in_bytes");
    }

    private double memoryUsed(Path group) throws IOException {
        double used = number(group, unified ? "memory.current" : "memory.usage_in_bytes");
        String key = unified ? "inactive_file " : "total_inactive_file ";
        Optional<String> line = KernelFile.tryRead(group.resolve("memory.stat"))
                .flatMap(stat ->
                        stat.lines().filter(each -> each.startsWith(key)).findFirst());
        double droppable = line.isPresent() ? new Words(line.get(), key.length()).decimal() : 0;
        return Math.max(0, used - droppable);
    }

    /** The number in a small file, or NaN if there is none ("max", or no file). */
    private static double number(Path group, String file) {
        Optional<String> text = KernelFile.tryRead(group.resolve(file));
        try {
            return text.isPresent() ? Long.parseLong(text.get()) : Double.NaN;
        } catch (NumberFormatException noLimit) {
            return Double.NaN;
        }
    }

    private static List<Path> version1(Path root, String selfCgroup, String controller) {
        for (String line : (Iterable<String>) selfCgroup.lines()::iterator) {
            String[] parts = line.split(":", 3);
            if (parts.length == 3 && Arrays.asList(parts[1].split(",")).contains(controller)) {
                return upwards(root.resolve(parts[1]), parts[2]);
            }
        }
        return List.of();
    }

    /** Our group and all above it that can be seen, up to the mount. */
    private static List<Path> upwards(Path mount, String path) {
        Path named = mount.resolve(path.replaceFirst("^/+", "")).normalize();
        List<Path> groups = new ArrayList<>();
        Path group = named.startsWith(mount) ? named : mount;
        while (group != null && group.startsWith(mount)) {
            if (Files.isDirectory(group)) {
                groups.add(group);
            }
            group = group.getParent();
        }
        return groups;
    }
}
