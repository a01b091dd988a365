package io.tidepole.host;

import io.tidepole.host.HostInfo.NetworkLink;
import io.tidepole.host.InterfaceCounters.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What kind of thing a disk or a network interface is, from /sys. Asked once for each name. */
final class LinuxDevices {
    private static final String DEFAULT_ROUTE = "00000000";
    private static final String DEFAULT_LENGTH = "00";
    private static final long BITS_PER_MEGABIT = 1_000_000;

    private final Path sys;
    private final Map<String, Boolean> wholeDisks = new HashMap<>();
    private final Map<String, Kind> interfaceKinds = new HashMap<>();

    /** @param sys /sys, or a copy in a test */
    LinuxDevices(Path sys) {
        this.sys = sys;
    }

    /**
     * Whether it is a disk with a device behind it: not a partition, and not made of memory, files or other disks (ram,
     * zram, loop, device mapper, RAID), whose bytes would count twice.
     */
    boolean isWholeDisk(String name) {
        return wholeDisks.computeIfAbsent(name, this::lookAtDisk);
    }

    Kind kindOfInterface(String name) {
        return interfaceKinds.computeIfAbsent(name, this::lookAtInterface);
    }

    /**
     * The interface of the default route, of version 4 if there is one.
     *
     * @param route the text of /proc/net/route: a heading, then interface, destination and more
     * @param route6 the text of /proc/net/ipv6_route: destination, its length, seven more, interface
     */
    Optional<NetworkLink> mainInterface(String route, String route6) throws IOException {
        for (String line : (Iterable<String>) route.lines().skip(1)::iterator) {
            Words words = new Words(line);
            String name = words.next();
            if (words.next().equals(DEFAULT_ROUTE)) {
                return Optional.of(new NetworkLink(name, speed(name)));
            }
        }
        for (String line : (Iterable<String>) route6.lines()::iterator) {
            Words words = new Words(line).skip(1);
            String length = words.next();
            String name = words.skip(7).next();
            if (length.equals(DEFAULT_LENGTH) && !name.equals("lo")) {
                return Optional.of(new NetworkLink(name, speed(name)));
            }
        }
        return Optional.empty();
    }

    private boolean lookAtDisk(String name) {
        // A slash in a name is written as an exclamation mark in /sys.
        Path disk = sys.resolve("block").resolve(name.replace('/', '!'));
        boolean isDrive = name.startsWith("sr") || name.startsWith("fd");
        boolean isHidden = KernelFile.tryRead(disk.resolve("hidden")).orElse("").equals("1");
        return Files.exists(disk.resolve("device")) && !isDrive && !isHidden;
    }

    private Kind lookAtInterface(String name) {
        Path each = sys.resolve("class/net").resolve(name);
        if (name.equals("lo") || name.startsWith("veth")) {
            return Kind.HIDDEN;
        }
        if (Files.exists(each.resolve("device"))) {
            return Kind.HARDWARE;
        }
        boolean isStacked = Files.exists(each.resolve("bridge"))
                || Files.exists(each.resolve("bonding"))
                || Files.exists(each.resolve("tun_flags"))
                || hasLower(each);
        return isStacked ? Kind.STACKED : Kind.VIRTUAL;
    }

    private static boolean hasLower(Path each) {
        String[] names = each.toFile().list((folder, file) -> file.startsWith("lower_"));
        return names != null && names.length > 0;
    }

    /** Absent where the driver does not say (-1, or an error). */
    private OptionalLong speed(String name) {
        Optional<String> text =
                KernelFile.tryRead(sys.resolve("class/net").resolve(name).resolve("speed"));
        try {
            long megabits = text.isPresent() ? Long.parseLong(text.get()) : -1;
            return megabits > 0 ? OptionalLong.of(megabits * BITS_PER_MEGABIT) : OptionalLong.empty();
        } catch (NumberFormatException unknown) {
            return OptionalLong.empty();
        }
    }
}
