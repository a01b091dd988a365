package io.tidepole.push;

import io.tidepole.bus.Topic;
import io.tidepole.bus.Topics;
import io.tidepole.config.PushConfig;
import io.tidepole.metric.ReadingBatch;
import io.tidepole.window.Interest;
import io.tidepole.window.WindowClock;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Adapts {@link Groups} to the bus: everything that one turn of its event loop yields goes out as one object. */
final class Encoder extends VerticleBase {
    static final Topic<Encoded> ENCODED = new Topic<>("tidepole.push.encoded", Encoded.class);
    static final Topic<Commands> COMMANDS = new Topic<>("tidepole.push.commands", Commands.class);

    /** What one loop asks in one turn. */
    record Commands(List<Command> commands) {
        Commands {
            commands = List.copyOf(commands);
        }
    }

    private final WindowClock clock;
    private final Groups groups;
    private final List<Encoded.Item> turn = new ArrayList<>();
    private final List<ReadingBatch> readings = new ArrayList<>();
    private Consumer<Encoded> encoded = nothing -> {};
    private Consumer<Interest> interests = nothing -> {};
    private Interest interest = new Interest(Set.of(), Set.of());
    private @Nullable MessageConsumer<ReadingBatch> readingsConsumer;
    private boolean flushDue;
    private volatile Figures figures = new Figures(0, 0, 0);

    record Figures(int groups, int series, int deflaters) {}

    Encoder(PushConfig push, int maxSeries, WindowClock clock) {
        this.clock = clock;
        Deflaters deflaters =
                new Deflaters(push.compression(), push.compressionLevel(), push.maxDeflaters(), push.epochMinFrames());
        this.groups = new Groups(deflaters, maxSeries, turn::add);
    }

    @Override
    public Future<?> start() {
        encoded = ENCODED.publisher(vertx);
        interests = Topics.INTEREST.publisher(vertx);
        Topics.TICKS.consume(vertx, tick -> {
            flushReadings();
            groups.tick(tick);
            flush();
        });
        COMMANDS.consume(vertx, commands -> {
            flushReadings();
            commands.commands().forEach(command -> groups.command(command, clock.millis()));
            watch();
            flush();
        });
        return Future.succeededFuture();
    }

    /** Readings are only listened to while someone wants every one of them. */
    private void watch() {
        Interest now = groups.interest();
        if (!now.equals(interest)) {
            interest = now;
            interests.accept(now);
        }
        if (groups.wantsReadings() && readingsConsumer == null) {
            readingsConsumer = Topics.READINGS.consume(vertx, this::take);
        } else if (!groups.wantsReadings() && readingsConsumer != null) {
            readingsConsumer.unregister();
            readingsConsumer = null;
        }
    }

    /** What arrives in one turn of the loop is joined. */
    private void take(ReadingBatch batch) {
        readings.add(batch);
        if (!flushDue) {
            flushDue = true;
            context.runOnContext(none -> {
                flushDue = false;
                flushReadings();
                flush();
            });
        }
    }

    private void flushReadings() {
        if (!readings.isEmpty()) {
            groups.readings(readings);
            readings.clear();
        }
    }

    private void flush() {
        if (!turn.isEmpty()) {
            encoded.accept(new Encoded(System.nanoTime(), turn));
            turn.clear();
        }
        figures = new Figures(groups.groupCount(), groups.seriesCount(), groups.deflatersInUse());
    }

    Figures figures() {
        return figures;
    }
}
