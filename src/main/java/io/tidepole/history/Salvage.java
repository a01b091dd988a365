package io.tidepole.history;

import io.tidepole.metric.Descriptor;
import io.tidepole.metric.ReadingBatch;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a damaged log anew from what is left of it. Rows are looked for at each byte of all its pages, and each commit
 * whose checksum is right counts, whether it lies before the damage or behind it.
 */
final class Salvage {
    private static final Logger LOG = LoggerFactory.getLogger(Salvage.class);
    /** How much of a row is in its own page: https://sqlite.org/fileformat2.html#b_tree_pages */
    private static final int MOST_LOCAL = RawPages.PAGE_BYTES - 35;

    private static final int LEAST_LOCAL = (RawPages.PAGE_BYTES - 12) * 32 / 255 - 23;
    private static final int OVERFLOW_BYTES = RawPages.PAGE_BYTES - 4;
    private static final int MOST_ROW_BYTES = 1 << 28;
    private static final int MOST_HEADER_BYTES = 32;
    private static final int COMMIT_COLUMNS = 2;
    private static final int SERIES_COLUMNS = 5;

    private final RawPages pages;
    private final Map<Integer, Descriptor> series = new HashMap<>();
    private final TreeMap<Long, Place> commits = new TreeMap<>();
    private long samples;
    private long unknown;

    /** Where a row begins. */
    private record Place(RawPages.Version version, int offset) {}

    /** Where a row's columns end; the first is a null, which stands for its number. */
    private record Shape(long id, int length, List<Integer> ends) {}

    private record Row(long id, List<byte[]> columns) {}

    private Salvage(RawPages pages) {
        this.pages = pages;
    }

    /** Whether SQLite would lose a part of a log without a word: all that is behind a damage of its write-ahead log. */
    static boolean isNeeded(Path log) throws IOException {
        if (!Files.exists(log)) {
            return false;
        }
        try (RawPages pages = RawPages.open(log)) {
            return pages.goesOnBehindDamage();
        }
    }

    /** Writes what is left of a log to a file that is not there yet, and says what that is. */
    static String copy(Path log, Path fresh) throws IOException, SQLException {
        try (RawPages pages = RawPages.open(log);
                LogFile copy = LogFile.open(fresh, 0)) {
            Salvage salvage = new Salvage(pages);
            salvage.find();
            salvage.write(copy);
            return salvage.summary();
        }
    }

    private String summary() {
        if (commits.isEmpty()) {
            return "nothing of it could be read";
        }
        long missing = commits.lastKey() - commits.firstKey() + 1 - commits.size();
        return commits.size() + " commits with " + samples + " readings could be read, from number "
                + commits.firstKey() + " to " + commits.lastKey() + "; " + missing + " between these could not"
                + (unknown == 0 ? "" : ", nor the series of " + unknown + " readings");
    }

    private void find() throws IOException {
        for (RawPages.Version version : pages.versions()) {
            ByteBuffer page = pages.read(version);
            for (int offset = 0; offset < RawPages.PAGE_BYTES; offset++) {
                Optional<Shape> shape = shape(page, offset);
                if (shape.isPresent()) {
                    find(new Place(version, offset), page, shape.get());
                }
            }
        }
    }

    private void find(Place place, ByteBuffer page, Shape shape) throws IOException {
        try {
            Row row = row(place, page, shape);
            if (row.columns.size() == COMMIT_COLUMNS) {
                GroupCodec.decode(row.columns.get(1), (number, timeMicros, value) -> {});
                commits.put(row.id, place);
            } else {
                List<String> texts = row.columns.stream()
                        .map(column -> new String(column, StandardCharsets.UTF_8))
                        .toList();
                series.put((int) row.id, Labels.descriptor(texts.get(1), texts.get(2), texts.get(3), texts.get(4)));
            }
        } catch (DamagedException damaged) {
            // It may be whole in another version of its page.
            LOG.debug("no row at {}", place, damaged);
        }
    }

    /** What would be a row at an offset, if there is one. Afterwards the page is at its columns. */
    private static Optional<Shape> shape(ByteBuffer page, int offset) {
        try {
            page.position(offset);
            long length = varint(page);
            long id = varint(page);
            int start = page.position();
            int header = page.get();
            if (length > MOST_ROW_BYTES || id <= 0 || header < 3 || header > MOST_HEADER_BYTES || page.get() != 0) {
                return Optional.empty();
            }
            List<Integer> ends = new ArrayList<>(List.of(header));
            long end = header;
            boolean texts = false;
            while (page.position() < start + header) {
                long type = varint(page);
                if (type < 12 || type > 2L * MOST_ROW_BYTES) {
                    return Optional.empty();
                }
                texts = (type & 1) == 1;
                end += (type - 12) / 2;
                ends.add((int) Math.min(end, MOST_ROW_BYTES));
            }
            boolean ours = end == length && ends.size() == (texts ? SERIES_COLUMNS : COMMIT_COLUMNS);
            page.position(start);
            return ours ? Optional.of(new Shape(id, (int) length, List.copyOf(ends))) : Optional.empty();
        } catch (BufferUnderflowException end) {
            return Optional.empty();
        }
    }

    /** Reads a row from its page and those over which it flows. Throws {@link DamagedException}. */
    private Row row(Place place, ByteBuffer page, Shape shape) throws IOException {
        int over = LEAST_LOCAL + Math.floorMod(shape.length - LEAST_LOCAL, OVERFLOW_BYTES);
        int local = shape.length <= MOST_LOCAL ? shape.length : over <= MOST_LOCAL ? over : LEAST_LOCAL;
        if (local + (local < shape.length ? 4 : 0) > page.remaining()) {
            throw new DamagedException("it does not fit into its page");
        }
        byte[] bytes = new byte[shape.length];
        page.get(bytes, 0, local);
        ByteBuffer from = page;
        for (int done = local; done < shape.length; done += OVERFLOW_BYTES) {
            int next = from.getInt();
            if (next <= 0) {
                throw new DamagedException("it ends too early");
            }
            from = pages.read(pages.beside(place.version, next));
            from.get(4, bytes, done, Math.min(OVERFLOW_BYTES, shape.length - done));
        }
        List<byte[]> columns = new ArrayList<>();
        int begin = shape.ends.get(0);
        for (int end : shape.ends) {
            columns.add(Arrays.copyOfRange(bytes, begin, end));
            begin = end;
        }
        return new Row(shape.id, columns);
    }

    /** Seven bits a byte, the most significant first; all eight of the ninth. */
    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int i = 0; i < 8; i++) {
            byte next = in.get();
            value = value << 7 | (next & 0x7f);
            if (next >= 0) {
                return value;
            }
        }
        return value << 8 | (in.get() & 0xff);
    }

    private void write(LogFile copy) throws IOException, SQLException {
        for (Map.Entry<Long, Place> commit : commits.entrySet()) {
            Place place = commit.getValue();
            ByteBuffer page = pages.read(place.version);
            Row row = row(place, page, shape(page, place.offset).orElseThrow());
            ReadingBatch.Builder batch = new ReadingBatch.Builder(1_024);
            GroupCodec.decode(row.columns.get(1), (number, timeMicros, value) -> {
                Descriptor descriptor = series.get(number);
                if (descriptor == null) {
                    unknown++;
                } else {
                    batch.add(descriptor, timeMicros, value);
                }
            });
            samples += batch.size();
            copy.restore(commit.getKey(), batch.build(Long.MAX_VALUE / 2));
        }
        copy.commitRestored();
    }
}
