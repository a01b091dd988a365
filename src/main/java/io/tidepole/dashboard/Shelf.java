package io.tidepole.dashboard;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The folder of dashboards. All of it blocks. */
final class Shelf {
    /** The largest file, in bytes. */
    static final int MAX_BYTES = 256 << 10;

    /** The most files that are looked at. */
    static final int MAX_FILES = 500;

    private final Path folder;

    Shelf(Path folder) {
        this.folder = folder;
    }

    /** What shows that a file was written, without reading it. */
    record Mark(Instant modified, long bytes, String key) {
        private static Mark of(BasicFileAttributes attributes) {
            return new Mark(
                    attributes.lastModifiedTime().toInstant(), attributes.size(), String.valueOf(attributes.fileKey()));
        }
    }

    Path folder() {
        return folder;
    }

    /** The files by the names of their dashboards, good names or not. Empty if there is no folder. */
    Map<String, Mark> marks() throws IOException {
        Map<String, Mark> marks = new TreeMap<>();
        for (Path file : files()) {
            Optional<String> name = DashboardName.of(file);
            if (name.isPresent() && marks.size() < MAX_FILES) {
                mark(file).ifPresent(mark -> marks.put(name.get(), mark));
            }
        }
        return marks;
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> listed = Files.list(folder)) {
            return listed.sorted().toList();
        } catch (NoSuchFileException | NotDirectoryException missing) {
            return List.of();
        }
    }

    Optional<Mark> mark(String name) throws IOException {
        return mark(file(name));
    }

    private static Optional<Mark> mark(Path file) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.isRegularFile() ? Optional.of(Mark.of(attributes)) : Optional.empty();
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        }
    }

    /** The bytes of a file, one more than {@link #MAX_BYTES} if there are too many; empty if there is none. */
    Optional<byte[]> read(String name) throws IOException {
        try (InputStream in = Files.newInputStream(file(name))) {
            return Optional.of(in.readNBytes(MAX_BYTES + 1));
        } catch (NoSuchFileException missing) {
            return Optional.empty();
        }
    }

    /** Replaces a file as a whole: whoever reads it sees the old bytes or the new ones, also after a power cut. */
    void write(String name, byte[] bytes) throws IOException {
        Files.createDirectories(folder);
        Path draft = Files.createTempFile(folder, "." + name, ".draft");
        try {
            try (FileChannel out = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                ByteBuffer rest = ByteBuffer.wrap(bytes);
                while (rest.hasRemaining()) {
                    out.write(rest);
                }
                out.force(true);
            }
            replace(draft, file(name));
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static void replace(Path draft, Path file) throws IOException {
        try {
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    void delete(String name) throws IOException {
        Files.deleteIfExists(file(name));
    }

    private Path file(String name) {
        if (!DashboardName.isGood(name)) {
            throw new IllegalArgumentException(DashboardName.RULE);
        }
        return folder.resolve(DashboardName.file(name));
    }
}
