package io.tidepole.history;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files of all days, one for each day of which there are samples. Safe for any thread; one thread changes it. */
final class Days {
    private static final Logger LOG = LoggerFactory.getLogger(Days.class);
    private static final int OPEN_WRITERS = 3;
    private static final String SUFFIX = ".db";

    private final Path folder;
    private final NavigableMap<Long, DayFile> files = new ConcurrentSkipListMap<>();

    private Days(Path folder) {
        this.folder = folder;
    }

    /** The days that have files in a folder. */
    static Days in(Path folder) throws IOException {
        Days days = new Days(folder);
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "????-??-??" + SUFFIX)) {
            for (Path path : found) {
                String name = path.getFileName().toString();
                try {
                    long day = LocalDate.parse(name.substring(0, name.length() - SUFFIX.length()))
                            .toEpochDay();
                    days.files.put(day, new DayFile(folder, day));
                } catch (DateTimeParseException e) {
                    LOG.warn("{} is not the file of a day", path);
                }
            }
        }
        return days;
    }

    /** The file of a day, which may have to be made. */
    DayFile of(long day) {
        return files.computeIfAbsent(day, unknown -> new DayFile(folder, unknown));
    }

    Optional<DayFile> find(long day) {
        return Optional.ofNullable(files.get(day));
    }

    /** The days that have a part of a range of time, in order. */
    Collection<DayFile> between(long fromMicros, long untilMicros) {
        return fromMicros >= untilMicros
                ? List.of()
                : files.subMap(DayFile.dayOf(fromMicros), true, DayFile.dayOf(untilMicros - 1), true)
                        .values();
    }

    /** All days, in order. */
    Collection<DayFile> all() {
        return files.values();
    }

    Optional<DayFile> oldest() {
        return Optional.ofNullable(files.firstEntry()).map(java.util.Map.Entry::getValue);
    }

    long bytes() {
        return files.values().stream()
                .mapToLong(file -> Sqlite.bytes(file.path))
                .sum();
    }

    /** Deletes a day. */
    void drop(DayFile file) throws IOException {
        files.remove(file.day);
        file.drop();
    }

    /** Moves files out of the way that were found to be damaged. */
    void setAsideDamaged(long nowMillis) throws IOException {
        for (DayFile file : List.copyOf(files.values())) {
            if (file.isDamaged()) {
                files.remove(file.day);
                file.close();
                LOG.error("{} is damaged; it is set aside as {}", file.path, Sqlite.setAside(file.path, nowMillis));
            }
        }
    }

    /** Keeps the newest writers open only. */
    void closeOldWriters() {
        files.descendingMap().values().stream()
                .filter(DayFile::isOpen)
                .skip(OPEN_WRITERS)
                .forEach(DayFile::closeWriter);
    }

    void close() {
        files.values().forEach(DayFile::close);
    }
}
