package io.tidepole.history;

import io.tidepole.metric.Descriptor;
import io.tidepole.window.Aggregate;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/** Moves what is committed from the tail into the files of its days, and computes tiers. Used by one thread. */
final class Sealer {
    private static final int HOURS_AT_A_TIME = 200;
    /** How long after its end the tiers of an hour are written; what comes later has them written again. */
    private static final long HOUR_GRACE_MILLIS = 120_000;

    private final Days days;
    private final Tail tail;
    private final DiskArchive archive;
    private final LongConsumer sealed;

    private record Part(Descriptor series, Columns run) {}

    /** A sealer that tells up to which commit the log is not needed any more. */
    Sealer(Days days, Tail tail, DiskArchive archive, LongConsumer sealed) {
        this.days = days;
        this.tail = tail;
        this.archive = archive;
        this.sealed = sealed;
    }

    /** Seals what is in the tail. What fails is tried again with the next call. */
    void seal() throws SQLException {
        Tail.Generation generation = tail.seal();
        for (Map.Entry<Long, List<Part>> entry : byDay(generation).entrySet()) {
            DayFile day = days.of(entry.getKey());
            try {
                seal(day, entry.getValue(), generation.through());
            } catch (SQLException e) {
                day.closeWriter();
                throw e;
            }
        }
        tail.sealed();
        sealed.accept(generation.through());
        days.closeOldWriters();
    }

    private static Map<Long, List<Part>> byDay(Tail.Generation generation) {
        Map<Long, List<Part>> byDay = new TreeMap<>();
        for (Tail.Unsealed unsealed : generation.series()) {
            Columns rest = unsealed.run();
            while (rest.size() > 0) {
                long day = DayFile.dayOf(rest.time(0));
                int end = rest.firstFrom((day + 1) * DayFile.DAY_MICROS);
                byDay.computeIfAbsent(day, none -> new ArrayList<>())
                        .add(new Part(unsealed.descriptor, rest.part(0, end)));
                rest = rest.part(end, rest.size());
            }
        }
        return byDay;
    }

    private void seal(DayFile day, List<Part> parts, long through) throws SQLException {
        DayWriter writer = day.writer();
        if (writer.sealed() >= through) {
            return;
        }
        staleNext(day, parts);
        for (Part part : parts) {
            writer.add(part.series, part.run);
            writer.stale(part.series, Hours.touched(part.series, part.run).headSet(day.endMicros() / 1_000, false));
        }
        writer.commit(through);
    }

    /** A counter's last readings of a day count for the first hour of the next one too. */
    private void staleNext(DayFile day, List<Part> parts) throws SQLException {
        Optional<DayFile> next = days.find(day.day + 1);
        if (next.isPresent()) {
            DayWriter writer = next.get().writer();
            for (Part part : parts) {
                writer.stale(part.series, Hours.touched(part.series, part.run).tailSet(day.endMicros() / 1_000, true));
            }
            writer.commit();
        }
    }

    /** Computes tiers of some hours that are over, of whatever day; false if there are none left. */
    boolean computeTiers(long nowMillis) throws SQLException {
        long beforeMillis = nowMillis - Hours.HOUR_MILLIS - HOUR_GRACE_MILLIS;
        for (DayFile day : days.all()) {
            if (day.mayBeStale(beforeMillis) && computeTiers(day, beforeMillis)) {
                return true;
            }
        }
        days.closeOldWriters();
        return false;
    }

    private boolean computeTiers(DayFile day, long beforeMillis) throws SQLException {
        try {
            DayWriter writer = day.writer();
            List<DayWriter.Stale> hours = writer.stale(beforeMillis, HOURS_AT_A_TIME);
            for (DayWriter.Stale hour : hours) {
                long until = hour.startMillis() + Hours.HOUR_MILLIS;
                Map<Long, Aggregate> minutes =
                        archive.fold(hour.series(), Archive.Tier.MINUTE, hour.startMillis(), until);
                Iterator<Aggregate> whole = archive.fold(hour.series(), Archive.Tier.HOUR, hour.startMillis(), until)
                        .values()
                        .iterator();
                writer.tiers(hour, minutes, whole.hasNext() ? whole.next() : null);
            }
            writer.commit();
            return !hours.isEmpty();
        } catch (SQLException e) {
            day.closeWriter();
            throw e;
        }
    }

    /** Sets aside what readers found to be damaged. */
    void setAsideDamaged(long nowMillis) throws IOException {
        days.setAsideDamaged(nowMillis);
    }
}
