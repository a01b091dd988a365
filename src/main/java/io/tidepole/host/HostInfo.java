package io.tidepole.host;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What this machine is.
 *
 * @param name what the series call it
 * @param os the name and version of the operating system
 * @param cores that the system schedules on
 * @param bootTimeMillis when it started, milliseconds since the epoch
 * @param memoryTotal in bytes
 * @param network the interface by which it reaches others
 */
public record HostInfo(
        String name,
        String os,
        int cores,
        OptionalLong bootTimeMillis,
        OptionalLong memoryTotal,
        Optional<NetworkLink> network) {

    public HostInfo {
        if (name.isEmpty() || cores < 1) {
            throw new IllegalArgumentException("a machine has a name and at least one core");
        }
    }

    /**
     * A network interface.
     *
     * @param interfaceName as the system calls it
     * @param bitsPerSecond its speed, where the system knows it
     */
    public record NetworkLink(String interfaceName, OptionalLong bitsPerSecond) {}

    /** What the JVM knows without asking anybody. */
    static HostInfo ofJvm(String name) {
        return new HostInfo(
                name,
                System.getProperty("os.name", "") + " " + System.getProperty("os.version", ""),
                Runtime.getRuntime().availableProcessors(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                Optional.empty());
    }
}
