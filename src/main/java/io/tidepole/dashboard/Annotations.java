package io.tidepole.dashboard;

import io.tidepole.protocol.Notice;
import io.tidepole.protocol.NoticeTopic;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All annotations, in memory and in one file, a JSON object a line. Of more than {@link #MAX} the one whose time is
 * the oldest goes. Asking is free; {@link #load}, {@link #add} and {@link #remove} block, and are done one at a time.
 */
public final class Annotations {
    /** The most that are kept. */
    public static final int MAX = 2_000;

    /** The most bytes that one may have as JSON. */
    public static final int MAX_BYTES = 16 << 10;

    private static final Logger log = LoggerFactory.getLogger(Annotations.class);
    private static final String FILE = "annotations.jsonl";

    private final Path folder;
    private final Consumer<Notice> changed;
    private volatile List<Annotation> annotations = List.of();
    private long lastId;

    /**
     * Annotations that were not loaded yet.
     *
     * @param folder of what the server keeps
     * @param changed is told each change
     */
    public Annotations(Path folder, Consumer<Notice> changed) {
        this.folder = folder;
        this.changed = changed;
    }

    /** Reads the file. Lines that cannot be read are left out, and counted in the log. */
    public synchronized void load() {
        List<Annotation> read = new ArrayList<>();
        int bad = 0;
        try {
            for (String line : Files.readAllLines(folder.resolve(FILE))) {
                try {
                    read.add(AnnotationText.read(line.getBytes(StandardCharsets.UTF_8), 0, 0));
                } catch (IllegalArgumentException e) {
                    bad++;
                }
            }
        } catch (NoSuchFileException none) {
            return;
        } catch (IOException e) {
            log.warn("the annotations in {} cannot be read", folder, e);
        }
        if (bad > 0) {
            log.warn("{} lines of {} are no annotations, and left out", bad, FILE);
        }
        lastId = read.stream().mapToLong(Annotation::id).max().orElse(0);
        annotations = bounded(read);
    }

    /** Those that touch [from, until], the earliest first, as a JSON array. */
    public String json(long fromMillis, long untilMillis) {
        return annotations.stream()
                .filter(annotation -> annotation.touches(fromMillis, untilMillis))
                .map(AnnotationText::write)
                .collect(Collectors.joining(",", "[", "]"));
    }

    /**
     * Keeps an annotation, and tells it. Yields it as JSON.
     *
     * <p>Throws IllegalArgumentException if it is none, and IOException if it could not be written.
     *
     * @param bytes a JSON object; without a time it is about now
     */
    public synchronized String add(byte[] bytes, long nowMillis) throws IOException {
        Annotation given = AnnotationText.read(bytes, 0, nowMillis);
        Annotation added = new Annotation(
                lastId + 1,
                given.timeMillis(),
                given.timeEndMillis(),
                given.text().strip(),
                given.tags());
        List<Annotation> next = new ArrayList<>(annotations);
        next.add(added);
        keep(bounded(next));
        lastId = added.id();
        String json = AnnotationText.write(added);
        tell(added.id(), "\"annotation\":" + json);
        return json;
    }

    /** Removes an annotation, and tells it. Yields whether there was one. */
    public synchronized boolean remove(long id) throws IOException {
        Optional<Annotation> found =
                annotations.stream().filter(annotation -> annotation.id() == id).findFirst();
        if (found.isEmpty()) {
            return false;
        }
        keep(annotations.stream().filter(annotation -> annotation.id() != id).toList());
        tell(id, "\"removed\":" + id);
        return true;
    }

    private void tell(long id, String field) {
        byte[] message = ("{\"type\":\"annotation\"," + field + "}").getBytes(StandardCharsets.UTF_8);
        changed.accept(new Notice(NoticeTopic.ANNOTATION, Long.toString(id), message));
    }

    private static List<Annotation> bounded(List<Annotation> all) {
        List<Annotation> sorted = all.stream()
                .sorted(Comparator.comparingLong(Annotation::timeMillis).thenComparingLong(Annotation::id))
                .toList();
        return sorted.subList(Math.max(0, sorted.size() - MAX), sorted.size());
    }

    private void keep(List<Annotation> next) throws IOException {
        Files.createDirectories(folder);
        Path draft = folder.resolve(FILE + ".draft");
        byte[] bytes = next.stream()
                .map(annotation -> AnnotationText.write(annotation) + "\n")
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.UTF_8);
        try (FileChannel out = FileChannel.open(
                draft, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer rest = ByteBuffer.wrap(bytes);
            while (rest.hasRemaining()) {
                out.write(rest);
            }
            out.force(true);
        }
        Files.move(draft, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
        annotations = List.copyOf(next);
    }
}
