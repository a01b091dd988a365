package io.tidepole.history;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The pages of a database and all their versions in its write-ahead log, read without SQLite, which stops at the first
 * damage. See <a href="https://sqlite.org/fileformat2.html">Database File Format</a>.
 */
final class RawPages implements AutoCloseable {
    /** SQLite's default, which all our files have. */
    static final int PAGE_BYTES = 4_096;

    private static final int WAL_HEADER_BYTES = 32;
    private static final int FRAME_HEADER_BYTES = 24;
    private static final int FRAME_BYTES = FRAME_HEADER_BYTES + PAGE_BYTES;
    private static final int BIG_ENDIAN_SUMS = 0x377f0683;

    private final FileChannel database;
    private final Optional<FileChannel> log;
    private final List<Frame> frames;
    /** Numbers of frames that hold a page, by the page. */
    private final NavigableMap<Integer, NavigableMap<Integer, Frame>> byPage = new TreeMap<>();

    /**
     * A page in the write-ahead log.
     *
     * @param commits whether its transaction ends with it
     * @param whole whether it, and all before it, have the right checksums
     */
    private record Frame(int page, boolean commits, boolean whole, long offset) {}

    /** A page as it was after some transaction: its number, and that of its frame, or -1 for the database. */
    record Version(int page, int frame) {}

    private RawPages(FileChannel database, Optional<FileChannel> log) throws IOException {
        this.database = database;
        this.log = log;
        this.frames = log.isPresent() ? frames(log.get()) : List.of();
        for (int i = 0; i < frames.size(); i++) {
            byPage.computeIfAbsent(frames.get(i).page, none -> new TreeMap<>()).put(i, frames.get(i));
        }
    }

    static RawPages open(Path file) throws IOException {
        Path log = file.resolveSibling(file.getFileName() + "-wal");
        FileChannel database = FileChannel.open(file, StandardOpenOption.READ);
        try {
            return new RawPages(
                    database,
                    Files.exists(log) ? Optional.of(FileChannel.open(log, StandardOpenOption.READ)) : Optional.empty());
        } catch (IOException e) {
            database.close();
            throw e;
        }
    }

    /** Whether the write-ahead log goes on behind a damage, where SQLite takes it to end. */
    boolean goesOnBehindDamage() {
        return frames.size() > 1 && !frames.get(frames.size() - 2).whole;
    }

    /** All versions of all pages, the older ones first. */
    List<Version> versions() throws IOException {
        List<Version> versions = new ArrayList<>();
        for (int page = 1; page <= (database.size() + PAGE_BYTES - 1) / PAGE_BYTES; page++) {
            versions.add(new Version(page, -1));
        }
        for (int i = 0; i < frames.size(); i++) {
            versions.add(new Version(frames.get(i).page, i));
        }
        return versions;
    }

    /** The bytes of a page; zeros where the file ends too early. */
    ByteBuffer read(Version version) throws IOException {
        return version.frame < 0
                ? read(database, (version.page - 1L) * PAGE_BYTES, PAGE_BYTES)
                : read(log.orElseThrow(), frames.get(version.frame).offset, PAGE_BYTES);
    }

    /** Another page as it was when the transaction of a version was done. */
    Version beside(Version version, int page) {
        int end = version.frame;
        while (end >= 0 && end < frames.size() - 1 && !frames.get(end).commits) {
            end++;
        }
        NavigableMap<Integer, Frame> held = byPage.getOrDefault(page, new TreeMap<>());
        Integer frame = held.floorKey(end);
        return new Version(page, frame == null ? -1 : frame);
    }

    private static ByteBuffer read(FileChannel channel, long offset, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        for (int read = 0; read >= 0 && bytes.hasRemaining(); ) {
            read = channel.read(bytes, offset + bytes.position());
        }
        return bytes.clear();
    }

    /** The frames that belong together: they have the salts of the header, or of the second where that is damaged. */
    private static List<Frame> frames(FileChannel log) throws IOException {
        List<Frame> frames = new ArrayList<>();
        ByteBuffer header = read(log, 0, WAL_HEADER_BYTES);
        Sums sums = new Sums(header.getInt(0) == BIG_ENDIAN_SUMS ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        sums.add(header, 0, 24);
        boolean whole = sums.are(header.getInt(24), header.getInt(28));
        long salts = whole
                ? header.getLong(16)
                : read(log, WAL_HEADER_BYTES + FRAME_BYTES, 16).getLong(8);
        for (long at = WAL_HEADER_BYTES; at + FRAME_BYTES <= log.size(); at += FRAME_BYTES) {
            ByteBuffer frame = read(log, at, FRAME_BYTES);
            if (frame.getLong(8) != salts) {
                whole = false;
                continue;
            }
            sums.add(frame, 0, 8);
            sums.add(frame, FRAME_HEADER_BYTES, PAGE_BYTES);
            whole &= sums.are(frame.getInt(16), frame.getInt(20));
            frames.add(new Frame(frame.getInt(0), frame.getInt(4) != 0, whole, at + FRAME_HEADER_BYTES));
        }
        return frames;
    }

    /** The checksums of a write-ahead log, which run on from frame to frame. */
    private static final class Sums {
        private final ByteOrder order;
        private int first;
        private int second;

        Sums(ByteOrder order) {
            this.order = order;
        }

        void add(ByteBuffer bytes, int from, int length) {
            ByteBuffer ordered = bytes.duplicate().order(order);
            for (int at = from; at < from + length; at += 8) {
                first += ordered.getInt(at) + second;
                second += ordered.getInt(at + 4) + first;
            }
        }

        boolean are(int one, int two) {
            return first == one && second == two;
        }
    }

    @Override
    public void close() throws IOException {
        database.close();
        if (log.isPresent()) {
            log.get().close();
        }
    }
}
