package io.tidepole.history;

import io.tidepole.metric.Descriptor;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
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
    private final Runnable rest;

    private record Part(Descriptor series, Columns run) {}

    /**
     * A sealer of days.
     *
     * @param sealed is told up to which commit the log is not needed any more
     * @param rest is called between small pieces of work, so that the processor is not taken from what is live
     */
    Sealer(Days days, Tail tail, DiskArchive archive, LongConsumer sealed, Runnable rest) {
        this.days = days;
        this.tail = tail;
        this.archive = archive;
        this.sealed = sealed;
        this.rest = rest;
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
            rest.run();
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
                compute(writer, hour);
                rest.run();
            }
            writer.commit();
            return !hours.isEmpty();
        } catch (SQLException e) {
            day.closeWriter();
            throw e;
        }
    }

    private void compute(DayWriter writer, DayWriter.Stale hour) throws SQLException {
        TierFold minutes = new TierFold(
                Archive.Tier.MINUTE, hour.startMillis(), hour.series().kind());
        TierFold whole = new TierFold(
                Archive.Tier.HOUR, hour.startMillis(), hour.series().kind());
        long untilMillis = hour.startMillis() + Hours.HOUR_MILLIS;
        archive.scanForTiers(hour.series().key(), hour.startMillis(), untilMillis, (timeMicros, value) -> {
            minutes.sample(timeMicros, value);
            whole.sample(timeMicros, value);
        });
        writer.tiers(hour, minutes.windows(), whole.windows().get(hour.startMillis() * 1_000));
    }

    /** Sets aside what readers found to be damaged. */
    void setAsideDamaged(long nowMillis) throws IOException {
        days.setAsideDamaged(nowMillis);
    }
}
