package io.tidepole.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A copy of a part of /sys, made for a test. */
record SysTree(Path root) {
    SysTree file(String path, String text) {
        try {
            Files.createDirectories(root.resolve(path).getParent());
            Files.writeString(root.resolve(path), text + "\n");
            return this;
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    SysTree folder(String path) {
        try {
            Files.createDirectories(root.resolve(path));
            return this;
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
