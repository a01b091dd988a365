package io.tidepole.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidepole.metric.Descriptor;
import io.tidepole.metric.ReadingBatch;
import io.tidepole.metric.SeriesKey;
import io.tidepole.metric.Unit;
import io.vertx.core.Future;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LogWriterTest {
    private final Disk disk = new Disk();
    private final LogWriter writer = new LogWriter(disk, 0, 100);
    private final Thread thread = new Thread(writer);

    /** A disk that commits when it is let. */
    private static final class Disk implements LogWriter.Target {
        final Semaphore begun = new Semaphore(0);
        final Semaphore let = new Semaphore(0);
        final List<Integer> commits = new CopyOnWriteArrayList<>();
        volatile boolean full;
        final AtomicInteger overruns = new AtomicInteger();

        @Override
        public void commit(List<ReadingBatch> batches) throws SQLException {
            begun.release();
            let.acquireUninterruptibly();
            if (full) {
                throw new SQLException("full");
            }
            commits.add(batches.stream().mapToInt(ReadingBatch::size).sum());
        }

        @Override
        public @Nullable DiskState refuses() {
            return null;
        }

        @Override
        public void overrun() {
            overruns.incrementAndGet();
        }

        @Override
        public UnkeptException failed(SQLException problem) {
            return new UnkeptException(DiskState.FULL);
        }
    }

    private static ReadingBatch batch(int size) {
        ReadingBatch.Builder batch = new ReadingBatch.Builder(size);
        for (int i = 0; i < size; i++) {
            batch.add(Descriptor.gauge(SeriesKey.of("m", "i", "a"), Unit.ONE), i, i);
        }
        return batch.build(0);
    }

    private static void await(Future<Void> future) throws Exception {
        future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() throws InterruptedException {
        disk.let.release(1_000);
        writer.stop();
        thread.join(30_000);
    }

    @Test
    void batches_thatComeDuringACommit_areCommittedTogether() throws Exception {
        thread.start();
        Future<Void> first = writer.append(batch(1));
        disk.begun.acquire();
        List<Future<Void>> others = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            others.add(writer.append(batch(2)));
        }
        assertThat(first.isComplete()).isFalse();
        disk.let.release();
        await(first);
        assertThat(others).noneMatch(Future::isComplete);
        disk.let.release();
        await(others.get(9));

        assertThat(others).allMatch(Future::succeeded);
        assertThat(disk.commits).containsExactly(1, 20);
        assertThat(writer.waiting()).isZero();
    }

    @Test
    void diskThatHangs_holdsSoManyReadingsAndRefusesTheRestAtOnce() throws Exception {
        thread.start();
        Future<Void> first = writer.append(batch(60));
        disk.begun.acquire();
        Future<Void> second = writer.append(batch(40));
        Future<Void> third = writer.append(batch(1));

        assertThat(third.failed()).isTrue();
        assertThat(third.cause()).hasMessage("the disk is too slow");
        assertThat(disk.overruns).hasValue(1);
        assertThat(writer.waiting()).isEqualTo(100);
        disk.let.release(2);
        await(first);
        await(second);
        disk.let.release();
        await(writer.append(batch(100)));
    }

    @Test
    void commit_thatFails_failsItsBatchesAndNoOthers() throws Exception {
        thread.start();
        disk.full = true;
        Future<Void> failed = writer.append(batch(1));
        disk.let.release();
        failed.toCompletionStage()
                .toCompletableFuture()
                .handle((done, cause) -> cause)
                .get(30, TimeUnit.SECONDS);
        disk.full = false;
        disk.let.release();
        await(writer.append(batch(3)));

        assertThat(failed.cause()).hasMessage("the disk is full");
        assertThat(writer.figures().unkept()).isOne();
        assertThat(writer.figures().readings()).isEqualTo(3);
    }
}
