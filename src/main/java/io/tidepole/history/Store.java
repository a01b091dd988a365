package io.tidepole.history;

import io.tidepole.config.HistoryConfig;
import io.tidepole.metric.ReadingBatch;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is kept on disk: the log, the days, and the two threads that write them. Whatever is wrong with the disk, it
 * opens, says so, and tries again; until then readings are refused, and everything else goes on.
 */
final class Store implements LogWriter.Target {
    private static final Logger LOG = LoggerFactory.getLogger(Store.class);
    private static final String LOG_NAME = "log.db";
    private static final String FRESH_LOG_NAME = "log.db.new";
    private static final String LOCK_NAME = "lock";
    private static final long RETRY_NANOS = 2_000_000_000L;
    private static final long TURN_MILLIS = 500;
    private static final long PIECE_NANOS = 5_000_000;
    private static final long SEAL_NANOS = 120_000_000_000L;
    private static final long SEAL_SAMPLES = 1_500_000;
    /** Samples that are not sealed; where there are more the disk is too slow. 16 bytes each. */
    private static final long MAX_UNSEALED = 6_000_000;

    private static final long OVERRUN_NANOS = 5_000_000_000L;
    private static final long JANITOR_NANOS = 5_000_000_000L;
    /** What is left to be computed waits until the rest of the server has started. */
    private static final long START_NANOS = 5_000_000_000L;

    private final Path folder;
    private final LongSupplier clockMillis;
    private final Tail tail = new Tail();
    private final LogWriter writer;
    private final Thread logThread;
    private final Thread sealThread;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Retention retention;
    private volatile @Nullable FileChannel lockChannel;
    private volatile @Nullable LogFile log;
    private volatile @Nullable Sealer sealer;
    private volatile @Nullable Days days;
    private volatile Archive archive = Archive.NONE;
    private volatile DiskState logState = DiskState.OPENING;
    private volatile DiskState sealState = DiskState.GOOD;
    private volatile long overrunNanos = System.nanoTime() - OVERRUN_NANOS;
    private volatile Runnable beforeCommit = () -> {};
    private volatile boolean sealSoon;
    private volatile boolean settled;
    private volatile long computeNanos = System.nanoTime() + START_NANOS;
    private volatile long bytes;
    private boolean logIsDamaged;
    /** Whether the log was read, and could not be written. */
    private boolean peeked;

    private long retryNanos = System.nanoTime();
    private long sealedNanos = System.nanoTime();
    private long restedNanos;
    private long tidiedNanos = System.nanoTime() - JANITOR_NANOS;

    Store(Path folder, HistoryConfig config, LongSupplier clockMillis) {
        this.folder = folder;
        this.clockMillis = clockMillis;
        this.writer = new LogWriter(this, config.commitDelay().toNanos(), config.maxWaiting());
        this.retention = new Retention(
                config.retention().toMillis() * 1_000,
                config.maxDiskBytes(),
                clockMillis.getAsLong(),
                System.nanoTime());
        this.logThread = new Thread(writer, "tidepole-history-log");
        this.sealThread = new Thread(this::tend, "tidepole-history-seal");
        logThread.setDaemon(true);
        sealThread.setDaemon(true);
    }

    /** Opens what there is and begins to write. Blocks for as long as it takes to read the log. */
    void open() {
        try {
            reopen();
        } catch (SQLException | UnkeptException problem) {
            LOG.debug("not opened", problem);
        }
        logThread.start();
        sealThread.start();
    }

    /** Completes when the batch is on disk and in the archive; from any thread. */
    Future<Void> append(ReadingBatch batch) {
        return writer.append(batch);
    }

    Archive archive() {
        return archive;
    }

    /** Has everything sealed at the next turn of the sealer. */
    void sealSoon() {
        settled = false;
        computeNanos = System.nanoTime();
        sealSoon = true;
    }

    /** Whether all is sealed, and the tiers of all hours that are over are written; as of the sealer's last turn. */
    boolean isSettled() {
        return settled;
    }

    /** Lets the log grow to so many pages, as if the disk were full then; for tests. */
    void limitLog(int pages) throws SQLException {
        LogFile open = log;
        if (open != null) {
            open.limit(pages);
        }
    }

    /** Has this done before each commit, as if the disk were slow; for tests. */
    void beforeEachCommit(Runnable delay) {
        beforeCommit = delay;
    }

    DiskFigures figures() {
        Days known = days;
        LogWriter.Figures written = writer.figures();
        return new DiskFigures(
                state(),
                bytes,
                known == null ? 0 : known.all().size(),
                writer.waiting(),
                tail.samples(),
                written.commits(),
                written.readings(),
                written.unkept(),
                written.lastMillis());
    }

    private DiskState state() {
        if (logState == DiskState.GOOD && System.nanoTime() - overrunNanos < OVERRUN_NANOS) {
            return DiskState.SLOW;
        }
        return logState == DiskState.GOOD ? sealState : logState;
    }

    // ---- the log's thread

    @Override
    public void commit(List<ReadingBatch> batches) throws SQLException, UnkeptException {
        beforeCommit.run();
        LogFile open = log == null ? reopen() : log;
        tail.add(open.commit(batches), batches);
        say(DiskState.GOOD, "");
    }

    @Override
    public @Nullable DiskState refuses() {
        if (tail.samples() > MAX_UNSEALED) {
            return sealState == DiskState.GOOD ? DiskState.SLOW : sealState;
        }
        return null;
    }

    @Override
    public void overrun() {
        overrunNanos = System.nanoTime();
    }

    @Override
    public UnkeptException failed(SQLException problem) {
        closeLog();
        logIsDamaged |= Sqlite.isDamage(problem);
        retryNanos = System.nanoTime() + RETRY_NANOS;
        say(DiskState.of(problem), String.valueOf(problem.getMessage()));
        return new UnkeptException(logState);
    }

    private void say(DiskState state, String detail) {
        if (state != logState) {
            if (state == DiskState.GOOD && logState != DiskState.OPENING) {
                LOG.info("History is written to {} again", folder);
            } else if (state != DiskState.GOOD) {
                LOG.error(
                        "History cannot be written to {}: {} ({}). Readings are refused until it can; all else goes on.",
                        folder,
                        state.reason(),
                        detail);
            }
            logState = state;
        }
    }

    /** Opens all files; at the first time what the log holds becomes the tail. */
    private LogFile reopen() throws SQLException, UnkeptException {
        if (System.nanoTime() - retryNanos < 0) {
            throw new UnkeptException(logState);
        }
        retryNanos = System.nanoTime() + RETRY_NANOS;
        try {
            Days known = lockAndList();
            LogFile opened = openLog(known);
            log = opened;
            say(DiskState.GOOD, "");
            return opened;
        } catch (IOException e) {
            say(Files.isDirectory(folder) ? DiskState.READ_ONLY : DiskState.FAILED, String.valueOf(e));
            peek();
            throw new UnkeptException(logState);
        } catch (SQLException e) {
            throw failed(e);
        } catch (RuntimeException bug) {
            throw failed(new SQLException(bug));
        }
    }

    private Days lockAndList() throws IOException, UnkeptException {
        Files.createDirectories(folder);
        Days known = days;
        if (known == null) {
            known = Days.in(folder);
            DiskArchive opened = new DiskArchive(known, tail);
            days = known;
            archive = opened;
            sealer = new Sealer(known, tail, opened, this::sealed, this::rest);
        }
        if (lockChannel == null) {
            lockChannel = lock(folder.resolve(LOCK_NAME)).orElseThrow(() -> {
                say(DiskState.TAKEN, "it holds the file " + LOCK_NAME);
                return new UnkeptException(DiskState.TAKEN);
            });
        }
        return known;
    }

    /** Takes a lock file for this process, if no other has it. */
    static Optional<FileChannel> lock(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return Optional.of(channel);
            }
        } catch (OverlappingFileLockException e) {
            LOG.debug("locked by this process", e);
        }
        channel.close();
        return Optional.empty();
    }

    private LogFile openLog(Days known) throws SQLException, IOException {
        Path file = folder.resolve(LOG_NAME);
        Path fresh = folder.resolve(FRESH_LOG_NAME);
        if (!Files.exists(file) && Files.exists(fresh)) {
            Files.move(fresh, file);
        }
        boolean first = peeked || tail.samples() == 0;
        peeked = false;
        if (logIsDamaged || (first && Salvage.isNeeded(file))) {
            writeAnew(file, fresh, "what it holds is not what was written");
        }
        try {
            return openLog(file, known, first);
        } catch (SQLException e) {
            if (!Sqlite.isDamage(e)) {
                throw e;
            }
            writeAnew(file, fresh, String.valueOf(e.getMessage()));
            return openLog(file, known, first);
        }
    }

    private LogFile openLog(Path file, Days known, boolean first) throws SQLException {
        LogFile opened = LogFile.open(file, Math.max(lastSealed(known), tail.through()));
        try {
            if (first) {
                replay(opened, known);
            }
            return opened;
        } catch (SQLException e) {
            opened.close();
            throw e;
        }
    }

    /** Sets a damaged log aside, and puts into its place what can be read of it. */
    private void writeAnew(Path file, Path fresh, String problem) throws IOException, SQLException {
        Sqlite.delete(fresh);
        String kept = Salvage.copy(file, fresh);
        if (Sqlite.bytes(fresh) != Files.size(fresh)) {
            throw new IOException("the log that was written anew could not be completed");
        }
        Path aside = Sqlite.setAside(file, clockMillis.getAsLong());
        Files.move(fresh, file);
        logIsDamaged = false;
        sealSoon = true;
        LOG.error("{} is damaged ({}); it is set aside as {}: {}", file, problem, aside, kept);
    }

    private static long lastSealed(Days known) {
        return known.all().stream()
                .mapToLong(day -> day.read(0L, DayReader::sealed))
                .max()
                .orElse(0);
    }

    /** Adds to the tail what is in no day yet. */
    private LogFile.Visitor toTail(Days known) {
        Map<Long, Long> sealed = new HashMap<>();
        return (commit, series, timeMicros, value) -> {
            long through = sealed.computeIfAbsent(DayFile.dayOf(timeMicros), day -> known.find(day)
                    .map(file -> file.read(0L, DayReader::sealed))
                    .orElse(0L));
            if (commit > through) {
                tail.add(commit, series, timeMicros, value);
            }
        };
    }

    /** Shows what a log holds that cannot be written; once that can be, it is read again, and twice is once. */
    private void peek() {
        Days known = days;
        Path file = folder.resolve(LOG_NAME);
        if (known == null || tail.samples() > 0 || !Files.exists(file)) {
            return;
        }
        peeked = true;
        try (Connection connection = Sqlite.reader(file, LogFile.SCHEMA)) {
            LogFile.replay(connection, toTail(known));
        } catch (SQLException e) {
            LOG.warn("What is not sealed yet cannot be read: {}", e.getMessage());
        }
    }

    private void replay(LogFile opened, Days known) throws SQLException {
        long startedNanos = System.nanoTime();
        opened.replay(toTail(known));
        if (tail.samples() > 0) {
            LOG.info(
                    "{} samples of the log are not sealed yet; read in {} ms",
                    tail.samples(),
                    (System.nanoTime() - startedNanos) / 1_000_000);
        }
    }

    private void closeLog() {
        LogFile open = log;
        log = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                LOG.warn("the log could not be closed: {}", e.getMessage());
            }
        }
    }

    // ---- the sealer's thread

    private void sealed(long commit) {
        LogFile open = log;
        if (open != null) {
            open.sealed(commit);
        }
    }

    private void tend() {
        try {
            boolean more = false;
            while (!stopping.await(more ? 1 : TURN_MILLIS, TimeUnit.MILLISECONDS)) {
                restedNanos = System.nanoTime();
                more = turn();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Rests for as long as it has worked: half of a processor at most, in small pieces. */
    private void rest() {
        long workedNanos = System.nanoTime() - restedNanos;
        if (workedNanos >= PIECE_NANOS && stopping.getCount() > 0) {
            LockSupport.parkNanos(workedNanos);
            restedNanos = System.nanoTime();
        }
    }

    /** Does what there is to do; whether hours are left to be computed. */
    private boolean turn() {
        Sealer open = sealer;
        if (open == null || lockChannel == null) {
            return false;
        }
        boolean more = false;
        try {
            tidy(open);
            if (isSealDue()) {
                seal(open);
            }
            boolean computes = System.nanoTime() - computeNanos >= 0;
            more = computes && open.computeTiers(clockMillis.getAsLong());
            settled = computes && !more && tail.samples() == 0;
            sealState = DiskState.GOOD;
        } catch (SQLException e) {
            trouble(DiskState.of(e), e);
        } catch (IOException | RuntimeException e) {
            trouble(DiskState.FAILED, e);
        }
        return more;
    }

    private boolean isSealDue() {
        long now = System.nanoTime();
        return sealSoon || tail.filling() >= SEAL_SAMPLES || (now - sealedNanos >= SEAL_NANOS && tail.samples() > 0);
    }

    private void seal(Sealer open) throws SQLException {
        long startedNanos = System.nanoTime();
        long before = tail.samples();
        open.seal();
        LOG.debug(
                "sealed; {} samples became {} in {} ms",
                before,
                tail.samples(),
                (System.nanoTime() - startedNanos) / 1_000_000);
        sealSoon = false;
        sealedNanos = System.nanoTime();
    }

    private void trouble(DiskState state, Exception problem) {
        if (state != sealState) {
            LOG.error("History cannot be sealed in {}; it stays in the log for now", folder, problem);
        }
        sealState = state;
    }

    private void tidy(Sealer open) throws IOException {
        long now = System.nanoTime();
        Days known = days;
        if (known == null || now - tidiedNanos < JANITOR_NANOS) {
            return;
        }
        tidiedNanos = now;
        open.setAsideDamaged(clockMillis.getAsLong());
        bytes = known.bytes() + Sqlite.bytes(folder.resolve(LOG_NAME));
        Optional<DayFile> old = retention.next(known, bytes, clockMillis.getAsLong(), now);
        if (old.isPresent()) {
            known.drop(old.get());
            LOG.info(
                    "{} is beyond the retention and deleted, in {} ms",
                    old.get().path,
                    (System.nanoTime() - now) / 1_000_000);
        }
    }

    /** Commits what waits, ends both threads, and closes all files. */
    void close() {
        stopping.countDown();
        writer.stop();
        join(logThread);
        join(sealThread);
        closeLog();
        Days known = days;
        if (known != null) {
            known.close();
        }
        FileChannel lock = lockChannel;
        lockChannel = null;
        if (lock != null) {
            try {
                lock.close();
            } catch (IOException e) {
                LOG.warn("the lock could not be given back: {}", e.getMessage());
            }
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join(10_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
