package io.tidepole.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidepole.metric.Reading;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class IntakeTest {
    private static final String X = "{\"deviceId\":\"a\",\"x\":1}";

    @Test
    void acknowledgement_waitsUntilThereIsRoom_whileTheRollupStandsStill() {
        Desk desk = new Desk();
        Submission submission = desk.intake.open(Sender.at("127.0.0.1"), 1);
        try (JsonEntries entries = Desk.entries("{\"deviceId\":\"a\",\"temperature\":1}")) {
            Entry entry = new Entry();
            entries.next(entry);
            submission.take(entry);
        }
        desk.backlog.published(1_000_000);

        var receipt = submission.commit();

        assertThat(desk.intake.isOverloaded()).isTrue();
        assertThat(receipt.isComplete()).isFalse();
        desk.backlog.folded(1);
        assertThat(receipt.succeeded()).isTrue();
        assertThat(desk.intake.isOverloaded()).isFalse();
    }

    @Test
    void unit_isThatOfTheTable_byTheWholeNameOrTheLastWord() {
        Desk own = new Desk("ingest.units", "flow=l/min, level_north=m");

        own.json(
                "{\"deviceId\":\"a\",\"flow\":1,\"return_flow\":2,\"level_north\":3,\"temperature\":4,\"free_bytes\":5}");

        assertThat(own.readings().stream()
                        .map(reading -> reading.series().key().metric() + " "
                                + reading.series().unit().code()))
                .containsExactly("flow l/min", "return_flow l/min", "level_north m", "temperature 1", "free_bytes By");
    }

    @Test
    void reading_withoutStamp_isAfterTheOneBefore() {
        Desk desk = new Desk();
        desk.json(X);
        desk.json(X);
        desk.clockMicros.addAndGet(10);
        desk.json(X);

        assertThat(desk.readings().stream().map(Reading::timeMicros))
                .containsExactly(Desk.NOON_MICROS, Desk.NOON_MICROS + 1, Desk.NOON_MICROS + 10);
    }

    @Test
    void stamp_outsideOfWhatIsTaken_isRefusedAndCounted() {
        Desk desk = new Desk("ingest.max_skew", "5m", "ingest.max_age", "1h");

        assertThat(Desk.codes(stamped(desk, 301))).containsExactly("0 timestamp_ahead");
        assertThat(Desk.codes(stamped(desk, 300))).isEmpty();
        assertThat(Desk.codes(stamped(desk, -3_600))).isEmpty();
        assertThat(Desk.codes(stamped(desk, -3_601))).containsExactly("0 too_old");
        assertThat(desk.intake.figures().refused()).isEqualTo(Map.of("timestamp_ahead", 1L, "too_old", 1L));
        assertThat(desk.intake.figures().accepted()).isEqualTo(2);
    }

    private static Receipt stamped(Desk desk, long seconds) {
        long stamp = Desk.NOON_MICROS + seconds * 1_000_000;
        return desk.json("{\"deviceId\":\"a\",\"x\":1,\"timestamp\":" + stamp + "}");
    }

    @Test
    void names_areCleanedAndSpellingsMeet() {
        Desk desk = new Desk();
        desk.json("{\"deviceId\":\"a\",\"room temp\":1,\"9lives\":2}");
        desk.json("{\"deviceId\":\"a\",\"room-temp\":3}");

        assertThat(desk.out())
                .containsExactly(
                        "room_temp{device=\"a\"}=1.0", "_9lives{device=\"a\"}=2.0", "room_temp{device=\"a\"}=3.0");
        assertThat(desk.intake.figures().series()).isEqualTo(2);
    }

    @Test
    void labels_inAnyOrder_areOneSeries() {
        Desk desk = new Desk();
        desk.json("{\"deviceId\":\"a\",\"b\":\"1\",\"c\":\"z\",\"x\":1}".replace("\"1\"", "\"y\""));
        desk.json("{\"c\":\"z\",\"x\":1,\"b\":\"y\",\"deviceId\":\"a\"}");

        assertThat(desk.intake.figures().series()).isOne();
    }

    @Test
    void total_isACounter() {
        Desk desk = new Desk();
        desk.json("{\"deviceId\":\"a\",\"sent_bytes_total\":1}");

        assertThat(desk.readings().get(0).series().kind()).isEqualTo(io.tidepole.metric.Descriptor.Kind.COUNTER);
        assertThat(desk.readings().get(0).series().unit().code()).isEqualTo("By");
    }

    @Test
    void series_beyondTheBudgetOfADevice_areRefusedAndKnownOnesGoOn() {
        Desk desk = new Desk("limits.device_series", "2");
        Receipt receipt = desk.json("{\"deviceId\":\"a\",\"x\":1,\"y\":2,\"z\":3}");

        assertThat(receipt.readings()).isEqualTo(2);
        assertThat(Desk.codes(receipt)).containsExactly("0 too_many_series");
        assertThat(desk.json("{\"deviceId\":\"a\",\"x\":1}").isClean()).isTrue();
        assertThat(desk.json("{\"deviceId\":\"b\",\"z\":1}").isClean()).isTrue();
    }

    @Test
    void series_ofHostileNames_leaveHonestDevicesAlone() {
        Desk desk = new Desk("limits.series", "1000", "limits.device_rate", "100000000");
        desk.json(X);
        Submission flood = desk.intake.open(Sender.at("1.2.3.4"), 16);
        Entry entry = new Entry();
        for (int i = 0; i < 1_000_000; i++) {
            entry.clear().label("device", "evil-" + i);
            entry.measure("m" + i, 1);
            flood.take(entry);
        }

        assertThat(flood.commit().result().accepted()).isEqualTo(999);
        assertThat(desk.intake.figures().devices()).isEqualTo(1_000);
        assertThat(desk.json(X).isClean()).isTrue();
    }

    @Test
    void series_silentForAnHour_makeRoom() {
        Desk desk = new Desk("limits.series", "1");
        desk.json(X);
        desk.intake.sweep(desk.clockMicros.addAndGet(3_599_000_000L));
        assertThat(desk.json("{\"deviceId\":\"b\",\"x\":1}").isClean()).isFalse();

        desk.intake.sweep(desk.clockMicros.addAndGet(2_000_000));
        assertThat(desk.intake.figures().devices()).isZero();
        assertThat(desk.json("{\"deviceId\":\"b\",\"x\":1}").isClean()).isTrue();
    }

    @Test
    void rate_ofADevice_isRefusedUntilTimePasses() {
        Desk desk = new Desk("limits.device_rate", "1");
        assertThat(desk.json(X + X + X).status()).isEqualTo(429);
        assertThat(desk.readings()).hasSize(2);

        desk.clockMicros.addAndGet(1_000_000);
        assertThat(desk.json(X).isClean()).isTrue();
        assertThat(desk.json("{\"deviceId\":\"b\",\"x\":1}").isClean()).isTrue();
    }

    @Test
    void rate_ofAnAddress_isOwedAfterwards() {
        Desk desk = new Desk("limits.address_rate", "10");
        Sender sender = Sender.at("127.0.0.1");
        desk.json(X.repeat(30));

        assertThat(desk.intake.waitMicros(sender)).isEqualTo(1_100_001);
        desk.clockMicros.addAndGet(1_100_001);
        assertThat(desk.intake.waitMicros(sender)).isZero();
        assertThat(desk.intake.waitMicros(Sender.at("127.0.0.2"))).isZero();
    }

    @Test
    void device_thatIsNotAllowed_isRefused() {
        Receipt receipt = new Desk().json("{\"deviceId\":\"forbidden-1\",\"x\":1}");

        assertThat(Desk.codes(receipt)).containsExactly("0 forbidden");
        assertThat(receipt.status()).isEqualTo(403);
    }

    @Test
    void labels_beyondTheLimits_refuseTheWhole() {
        Desk desk = new Desk("limits.labels", "1", "limits.label_value", "8", "limits.name", "8");

        assertThat(Desk.codes(desk.json("{\"deviceId\":\"a\",\"b\":\"c\",\"d\":\"e\",\"x\":1}")))
                .containsExactly("0 too_many_labels");
        assertThat(Desk.codes(desk.json("{\"deviceId\":\"a\",\"b\":\"123456 89\",\"x\":1}")))
                .containsExactly("0 bad_label");
        assertThat(Desk.codes(desk.json("{\"deviceId\":\"a\",\"b\":\"\\u0007\",\"x\":1}")))
                .containsExactly("0 bad_label");
        assertThat(Desk.codes(desk.json("{\"deviceId\":\"a\",\"__b\":\"c\",\"x\":1}")))
                .containsExactly("0 bad_label");
        assertThat(Desk.codes(desk.json("{\"deviceId\":\"a\",\"123456789\":1,\"x\":1}")))
                .containsExactly("0 bad_name");
        assertThat(Desk.codes(desk.json("{\"deviceId\":\"a\\n\",\"x\":1}"))).containsExactly("0 bad_device");
        assertThat(Desk.codes(desk.json("{\"deviceId\":\"a\"}"))).containsExactly("0 no_measure");
    }

    @Test
    void acknowledgement_comesAfterTheLog() {
        Desk desk = new Desk();
        Promise<Void> log = Promise.promise();
        desk.logAnswer = log.future();
        Submission submission = desk.intake.open(Sender.at("x"), 1);
        Entry entry = new Entry();
        entry.label("device", "a");
        entry.measure("x", 1);
        submission.take(entry);
        Future<Receipt> receipt = submission.commit();

        assertThat(desk.readings()).hasSize(1);
        assertThat(receipt.isComplete()).isFalse();
        log.complete();
        assertThat(receipt.result().accepted()).isOne();
    }
}
