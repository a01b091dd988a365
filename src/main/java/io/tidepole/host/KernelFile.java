package io.tidepole.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** One file below /proc or /sys. */
final class KernelFile {
    private final String path;
    private final KernelBuffer buffer = new KernelBuffer();

    KernelFile(String path) {
        this.path = path;
    }

    String read() throws IOException {
        return buffer.read(path);
    }

    /** The trimmed text of a small file, or nothing if it cannot be read (not there, not allowed, no answer). */
    static Optional<String> tryRead(Path path) {
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new KernelFile(path.toString()).read().strip());
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }
}
