package io.tidepole.bench;

import java.nio.file.Files;
import java.nio.file.Path;

/** Whether the system lets us open as many connections as asked for. */
final class OpenFiles {
    private static final int LIMITS_COLUMN = 3;
    /** What a process needs beside its connections. */
    private static final int SPARE = 100;

    private OpenFiles() {}

    static void require(String whose, Path process, int connections) {
        long limit = limit(process);
        if (connections + SPARE > limit) {
            throw new UsageException(("%,d connections, but %s may open %,d files at a time: start it after "
                            + "'ulimit -n %d', or ask for fewer")
                    .formatted(connections, whose, limit, connections + 1000));
        }
    }

    private static long limit(Path process) {
        Path limits = process.resolve("limits");
        if (!Files.isReadable(limits)) {
            return Long.MAX_VALUE;
        }
        return ServerProcess.read(limits)
                .lines()
                .filter(line -> line.startsWith("Max open files"))
                .map(line -> line.split(" +")[LIMITS_COLUMN])
                .mapToLong(word -> word.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(word))
                .findFirst()
                .orElse(Long.MAX_VALUE);
    }
}
