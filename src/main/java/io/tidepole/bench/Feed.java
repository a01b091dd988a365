package io.tidepole.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends the readings that are due, over kept connections, without waiting for each answer; so a slow server makes
 * readings late, as it would for a device, and lateness shows in the latency of each. Readings of one series take the
 * same connection, and arrive in order.
 */
final class Feed implements AutoCloseable {
    /** On one connection; servers take about 128 requests ahead of their answers. */
    private static final int MOST_UNANSWERED = 100;

    private static final int ANSWER_TIMEOUT_MILLIS = 30_000;

    private final Options.Target target;
    private final FeedClock clock;
    private final String padding;
    private final int connections;
    private final Map<Integer, Lane> lanes = new ConcurrentHashMap<>();
    private final Thread sender = new Thread(this::send, "feed");
    private volatile boolean stopping;
    private volatile long sent;
    private final AtomicLong refused = new AtomicLong();
    private volatile String trouble = "";

    Feed(Options.Target target, FeedClock clock, int connections) {
        this.target = target;
        this.connections = connections;
        this.clock = clock;
        padding = clock.plan().padding();
        sender.setDaemon(true);
    }

    /** One connection. */
    private final class Lane {
        private final Socket socket = new Socket(target.address(), target.port());
        private final OutputStream out = socket.getOutputStream();
        private final Semaphore unanswered = new Semaphore(MOST_UNANSWERED);
        private final Thread listener = new Thread(this::listen, "feed-answers");

        Lane() throws IOException {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(ANSWER_TIMEOUT_MILLIS);
            listener.setDaemon(true);
        }

        private void listen() {
            try (InputStream in = new BufferedInputStream(socket.getInputStream())) {
                while (true) {
                    answer(in);
                    unanswered.release();
                }
            } catch (IOException | IllegalArgumentException e) {
                fail(e);
            }
        }
    }

    void start() {
        clock.start();
        sender.start();
    }

    /** Readings that went out so far. */
    long sent() {
        return sent;
    }

    /** Requests that were answered with anything but success. */
    long refused() {
        return refused.get();
    }

    /** Why the feed ended or was refused, or empty. */
    String trouble() {
        return trouble;
    }

    private void send() {
        long number = 0;
        try {
            while (!stopping) {
                long waitNanos = clock.dueNanos(number) - System.nanoTime();
                if (waitNanos > 0) {
                    LockSupport.parkNanos(Math.min(waitNanos, 100_000_000));
                    continue;
                }
                Lane lane = lane(clock.plan().connectionOf(number, connections));
                lane.unanswered.acquire();
                lane.out.write(request(number));
                number += clock.plan().batch();
                sent = number;
            }
        } catch (IOException | InterruptedException e) {
            fail(e);
        }
    }

    /** Opened with its first request: a server does not wait long for that. */
    private Lane lane(int number) throws IOException {
        Lane lane = lanes.get(number);
        if (lane == null) {
            lane = new Lane();
            lane.listener.start();
            lanes.put(number, lane);
        }
        return lane;
    }

    /** Stamps are microseconds, and no two of one series are equal: else a door would take them for one reading. */
    private byte[] request(long first) {
        StringBuilder body = new StringBuilder();
        long micros = clock.dueEpochMicros(first);
        for (int i = 0; i < clock.plan().batch(); i++) {
            long number = first + i;
            double value = clock.plan().value(number);
            body.append("{\"deviceId\":\"")
                    .append(FeedPlan.DEVICE_PREFIX)
                    .append(clock.plan().seriesOf(number));
            body.append("\",\"").append(FeedPlan.METRIC).append("\":");
            if (clock.plan().sensor()) {
                body.append(value);
            } else {
                body.append((long) value);
            }
            body.append(",\"timestamp\":").append(micros + i);
            body.append(padding).append("}\n");
        }
        String head = "POST /api/v1/readings HTTP/1.1\r\nHost: " + target.hostHeader()
                + "\r\nContent-Type: application/x-ndjson\r\nContent-Length: " + body.length() + "\r\n\r\n";
        return (head + body).getBytes(StandardCharsets.US_ASCII);
    }

    private void answer(InputStream in) throws IOException {
        String status = line(in);
        int length = 0;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            if (header.regionMatches(true, 0, "content-length:", 0, 15)) {
                length = Integer.parseInt(header.substring(15).strip());
            }
        }
        String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        if (!status.startsWith("HTTP/1.1 2")) {
            refused.incrementAndGet();
            trouble = status + " " + body.strip();
        }
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0 || line.length() > 8192) {
                throw new IOException("the server closed the feed");
            }
            line.append((char) next);
        }
        return line.toString().strip();
    }

    private void fail(Exception cause) {
        if (!stopping) {
            trouble = String.valueOf(cause.getMessage());
        }
        stopping = true;
    }

    /** Sends no more, and waits until all is answered. */
    void stop() {
        stopping = true;
        LockSupport.unpark(sender);
        try {
            sender.join(ANSWER_TIMEOUT_MILLIS);
            for (Lane lane : lanes.values()) {
                if (!lane.unanswered.tryAcquire(MOST_UNANSWERED, 10, TimeUnit.SECONDS)) {
                    trouble = "some readings were never answered";
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        try {
            for (Lane lane : lanes.values()) {
                lane.socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
