package io.tidepole.bench;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The CPU and memory of a process, as Linux tells them (proc(5)). */
final class ServerProcess {
    /** The kernel counts CPU time in hundredths of a second for everyone who asks. */
    private static final long NANOS_PER_CLOCK_TICK = 10_000_000;

    private static final int USER_TICKS_FIELD = 11;
    private static final int SYSTEM_TICKS_FIELD = 12;

    private final Path folder;

    private ServerProcess(Path folder) {
        this.folder = folder;
    }

    static ServerProcess of(long pid) {
        Path folder = Path.of("/proc", Long.toString(pid));
        if (!Files.isReadable(folder.resolve("stat"))) {
            throw new UsageException("there is no process " + pid + ", or no /proc");
        }
        return new ServerProcess(folder);
    }

    static ServerProcess self() {
        return new ServerProcess(Path.of("/proc/self"));
    }

    /** Since its start: in all, and the part that the kernel spent for it. */
    record Cpu(long nanos, long systemNanos) {
        static final Cpu NONE = new Cpu(0, 0);
    }

    Cpu cpu() {
        return cpu(folder.resolve("stat"));
    }

    private static Cpu cpu(Path stat) {
        String text = read(stat);
        String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ");
        long system = Long.parseLong(fields[SYSTEM_TICKS_FIELD]);
        long ticks = Long.parseLong(fields[USER_TICKS_FIELD]) + system;
        return new Cpu(ticks * NANOS_PER_CLOCK_TICK, system * NANOS_PER_CLOCK_TICK);
    }

    /** Resident memory, in bytes. */
    long residentBytes() {
        return statusLine("VmRSS:")
                .map(value -> Long.parseLong(value.replaceAll("\\D", "")) * 1024)
                .orElse(0L);
    }

    /** The processors that it may run on, such as {@code 0-1}; empty where that is not told. */
    String allowedProcessors() {
        return statusLine("Cpus_allowed_list:").orElse("");
    }

    private java.util.Optional<String> statusLine(String start) {
        return read(folder.resolve("status"))
                .lines()
                .filter(line -> line.startsWith(start))
                .map(line -> line.substring(start.length()).strip())
                .findFirst();
    }

    /** CPU time by thread name; threads of one name are added up. */
    Map<String, Long> threadCpuNanos() {
        Map<String, Long> nanos = new TreeMap<>();
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(folder.resolve("task"))) {
            for (Path thread : threads) {
                if (Files.isReadable(thread.resolve("stat"))) {
                    nanos.merge(
                            read(thread.resolve("comm")).strip(),
                            cpu(thread.resolve("stat")).nanos(),
                            Long::sum);
                }
            }
        } catch (IOException e) {
            return nanos;
        }
        return nanos;
    }

    /** The busiest threads between two readings of {@link #threadCpuNanos()}, in nanoseconds. */
    static List<Map.Entry<String, Long>> busiest(Map<String, Long> before, Map<String, Long> after, int count) {
        return after.entrySet().stream()
                .map(entry -> Map.entry(entry.getKey(), entry.getValue() - before.getOrDefault(entry.getKey(), 0L)))
                .filter(entry -> entry.getValue() > 0)
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
                .limit(count)
                .toList();
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UsageException("cannot read " + file + ": the process has ended");
        }
    }
}
