package io.tidepole;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A server that is stopped while readings come in and are watched. */
@Timeout(120)
final class OrderlyEndTest {
    private static final int SENDERS = 4;
    private static final int READINGS = 50;
    private static final String EVERY_READING = "{\"type\":\"subscribe\",\"select\":[\"v\"],\"interval\":0}";

    @TempDir
    private Path data;

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final ListAppender<ILoggingEvent> said = new ListAppender<>();
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final List<Thread> senders = new ArrayList<>();

    @BeforeEach
    void listen() {
        said.start();
        root.addAppender(said);
    }

    @AfterEach
    void hush() throws InterruptedException {
        root.detachAppender(said);
        for (Thread sender : senders) {
            sender.join();
        }
    }

    /** Messages with readings one after the other, without a wait, until the connection ends. */
    private void send(Running server) throws Exception {
        CountDownLatch begun = new CountDownLatch(SENDERS);
        for (int i = 0; i < SENDERS; i++) {
            String device = "d" + i;
            Thread sender = new Thread(() -> {
                try (RawViewer door = new RawViewer(server.port, "/ingest", "", 0)) {
                    String reading = "{\"type\":\"sensor.reading\",\"deviceId\":\"" + device + "\",\"v\":1}";
                    String message = "[" + (reading + ",").repeat(READINGS - 1)
                            + reading.replace("}", ",\"requestId\":\"r\"}") + "]";
                    while (true) {
                        door.send(message);
                        if (door.next().text().contains("\"ack\"")) {
                            acknowledged.incrementAndGet();
                            begun.countDown();
                        }
                    }
                } catch (IOException ended) {
                    begun.countDown();
                }
            });
            sender.start();
            senders.add(sender);
        }
        assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
    }

    private void assertNothingWasWrong() {
        assertThat(List.copyOf(said.list))
                .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
                .isEmpty();
    }

    @Test
    void log_of_an_orderly_stop_under_load_has_no_warning_and_what_was_acknowledged_is_kept() throws Exception {
        Running server = new Running(data, "shutdown.grace", "200ms");
        RawViewer viewer = new RawViewer(server.port, "");
        try {
            viewer.send(EVERY_READING);
            viewer.next("\"subscribed\"");
            send(server);
        } finally {
            server.close();
            viewer.close();
        }
        assertNothingWasWrong();
        assertThat(acknowledged).hasPositiveValue();
        try (Running again = new Running(data)) {
            assertThat(again.get("/api/v1/series?select=v").body()).contains("\"total\":" + SENDERS);
        }
    }

    @Test
    void last_viewer_of_every_reading_goes_while_they_come_without_a_word_in_the_log() throws Exception {
        try (Running server = new Running(data, "history.durability", "memory")) {
            send(server);
            for (int i = 0; i < 20; i++) {
                try (RawViewer viewer = new RawViewer(server.port, "")) {
                    viewer.send(EVERY_READING);
                    viewer.next("\"v\"");
                }
            }
        }
        assertNothingWasWrong();
    }
}
