package io.tidepole.ingest;

import io.tidepole.bus.Backlog;
import io.tidepole.config.Config;
import io.tidepole.metric.DeviceLedger;
import io.tidepole.metric.Reading;
import io.tidepole.metric.ReadingBatch;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** An intake with a clock that stands still, and everything that came out of it. */
final class Desk {
    /** 2026-01-31T12:00:00Z. */
    static final long NOON_MICROS = 1_769_860_800_000_000L;

    final AtomicLong clockMicros = new AtomicLong(NOON_MICROS);
    final List<ReadingBatch> batches = new CopyOnWriteArrayList<>();
    final Intake intake;
    final Backlog backlog = new Backlog(1_000_000);
    volatile Future<Void> logAnswer = Future.succeededFuture();

    Desk(String... settings) {
        this(DeviceLedger.NONE, (sender, device) -> !device.startsWith("forbidden"), settings);
    }

    Desk(DeviceLedger ledger, Authoriser authoriser, String... settings) {
        Map<String, String> keys = new TreeMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            keys.put(settings[i], settings[i + 1]);
        }
        Config config = Config.of(keys);
        intake = new Intake(
                config.ingest(),
                config.limits(),
                clockMicros::get,
                batches::add,
                backlog,
                batch -> logAnswer,
                ledger,
                authoriser);
    }

    /** Takes a JSON body; the answer is there at once. */
    Receipt json(String body) {
        return take(entries(body));
    }

    static JsonEntries entries(String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return new JsonEntries(bytes, 0, bytes.length);
    }

    Receipt take(Entries entries) {
        Submission submission = intake.open(Sender.at("127.0.0.1"), 16);
        Entry entry = new Entry();
        while (entries.next(entry)) {
            submission.take(entry);
        }
        return submission.commit().result();
    }

    /** All readings that came out, as {@code key=value}. */
    List<String> out() {
        return readings().stream()
                .map(reading -> reading.series().key() + "=" + reading.value())
                .toList();
    }

    List<Reading> readings() {
        List<Reading> all = new ArrayList<>();
        for (ReadingBatch batch : batches) {
            for (int i = 0; i < batch.size(); i++) {
                all.add(batch.reading(i));
            }
        }
        return all;
    }

    /** Codes of what was refused. */
    static List<String> codes(Receipt receipt) {
        return receipt.rejected().stream()
                .map(each -> each.index() + " " + each.refusal().wireName())
                .toList();
    }
}
