package io.tidepole.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class JsonEntriesTest {
    private static final List<String> FRAGMENTS = List.of(
            "{",
            "}",
            "[",
            "]",
            ":",
            ",",
            "\"",
            "\n",
            " ",
            "\"deviceId\":\"a\"",
            "\"x\":1",
            "\"labels\":{",
            "\"units\":",
            "\"timestamp\":",
            "null",
            "true",
            "-1e400",
            "\"\\ud800\\u0000\"",
            "9".repeat(200));

    private final Desk desk = new Desk();

    @Test
    void object_asInTheContract_givesOneSeriesAMeasure() {
        Receipt receipt = desk.json("{\"deviceId\":\"sensor-9\",\"temperature\":21.8,\"humidity\":44}");

        assertThat(receipt.accepted()).isOne();
        assertThat(receipt.readings()).isEqualTo(2);
        assertThat(receipt.isClean()).isTrue();
        assertThat(desk.out())
                .containsExactly("temperature{device=\"sensor-9\"}=21.8", "humidity{device=\"sensor-9\"}=44.0");
        assertThat(desk.readings().get(0).series().unit().code()).isEqualTo("Cel");
        assertThat(desk.readings().get(1).series().unit().code()).isEqualTo("%");
    }

    @Test
    void array_ofObjects_keepsTheGoodOnes() {
        Receipt receipt = desk.json("[{\"device\":\"a\",\"x\":1},7,{\"x\":2},{\"device\":\"b\",\"x\":3}]");

        assertThat(receipt.accepted()).isEqualTo(2);
        assertThat(Desk.codes(receipt)).containsExactly("1 bad_json", "2 no_device");
        assertThat(desk.out()).containsExactly("x{device=\"a\"}=1.0", "x{device=\"b\"}=3.0");
    }

    @Test
    void array_thatBreaksOff_keepsWhatCameBefore() {
        Receipt receipt = desk.json("[{\"device\":\"a\",\"x\":1},{\"device\":\"b\",");

        assertThat(Desk.codes(receipt)).containsExactly("1 bad_json");
        assertThat(desk.out()).containsExactly("x{device=\"a\"}=1.0");
    }

    @Test
    void array_withMoreBehindIt_saysSo() {
        assertThat(Desk.codes(desk.json("[{\"device\":\"a\",\"x\":1}] 5"))).containsExactly("1 bad_json");
    }

    @Test
    void lines_ofWhichSomeAreBroken_costOnlyThemselves() {
        Receipt receipt = desk.json(
                """
                {"device":"a","x":1}
                {"device":"a","x":
                {"device":"a","x":2}

                nonsense
                {"device":"a","x":3} trailing
                {"device":"a","x":4}{"device":"a","x":5}
                {"device":"a","x":"open
                {"device":"a","x":6}""");

        assertThat(desk.readings().stream().map(reading -> (int) reading.value()))
                .containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(Desk.codes(receipt)).containsExactly("1 bad_json", "3 bad_json", "5 bad_json", "8 bad_json");
    }

    @Test
    void text_fields_becomeLabels() {
        desk.json(
                """
                {"deviceId":"a","site":"north","labels":{"rack unit":4,"live":true},"unit":"K","temperature":290}""");

        assertThat(desk.out())
                .containsExactly("temperature{device=\"a\",live=\"true\",rack_unit=\"4\",site=\"north\"}=290.0");
        assertThat(desk.readings().get(0).series().unit().code()).isEqualTo("K");
    }

    @Test
    void number_inQuotes_isRefusedAsAFieldAndTheOthersGoOn() {
        Receipt receipt = desk.json("{\"deviceId\":\"a\",\"temperature\":\"21.8\",\"humidity\":44}");

        assertThat(receipt.accepted()).isOne();
        assertThat(Desk.codes(receipt)).containsExactly("0 number_as_text");
        assertThat(desk.out()).containsExactly("humidity{device=\"a\"}=44.0");
    }

    @Test
    void nested_fields_areRefusedAndTheOthersGoOn() {
        Receipt receipt =
                desk.json("{\"deviceId\":\"a\",\"gps\":{\"lat\":1},\"list\":[1,2],\"x\":1,\"none\":null,\"on\":true}");

        assertThat(Desk.codes(receipt)).containsExactly("0 nested", "0 nested");
        assertThat(desk.out()).containsExactly("x{device=\"a\"}=1.0", "on{device=\"a\"}=1.0");
    }

    @Test
    void infinity_isRefused() {
        assertThat(Desk.codes(desk.json("{\"deviceId\":\"a\",\"x\":1e999}"))).containsExactly("0 not_finite");
        assertThat(Desk.codes(desk.json("{\"deviceId\":\"a\",\"x\":NaN}"))).containsExactly("0 bad_json");
    }

    @Test
    void device_hasSeveralNamesOfWhichTheBestWins() {
        desk.json("{\"host\":\"h\",\"device_id\":17,\"x\":1}");
        desk.json("{\"host.name\":\"h\",\"x\":1}");

        assertThat(desk.out()).containsExactly("x{device=\"17\",host=\"h\"}=1.0", "x{device=\"h\"}=1.0");
    }

    @Test
    void timestamp_inAnyUnit_isTheSameTime() {
        for (String stamp : new String[] {
            "1769860799",
            "1769860799000",
            "1769860799000000",
            "1769860799000000000",
            "\"2026-01-31T11:59:59Z\"",
            "\"2026-01-31T12:59:59.000+01:00\"",
            "1769860799.0"
        }) {
            desk.json("{\"deviceId\":\"a\",\"x\":1,\"timestamp\":" + stamp + "}");
        }

        assertThat(desk.readings()).hasSize(7).allSatisfy(reading -> assertThat(reading.timeMicros())
                .isEqualTo(Desk.NOON_MICROS - 1_000_000));
    }

    @Test
    void timestamp_thatIsNone_isRefused() {
        assertThat(Desk.codes(desk.json("{\"deviceId\":\"a\",\"x\":1,\"timestamp\":\"yesterday\"}")))
                .containsExactly("0 bad_timestamp");
        assertThat(Desk.codes(desk.json("{\"deviceId\":\"a\",\"x\":1,\"timestamp\":1e300}")))
                .containsExactly("0 bad_timestamp");
    }

    @Test
    void mark_ofAnEditor_isSkipped() {
        assertThat(desk.json("\ufeff{\"deviceId\":\"a\",\"x\":1}").isClean()).isTrue();
    }

    @Property(tries = 500)
    void bytes_ofAnyKind_neverFailAndEnd(@ForAll @Size(max = 400) byte[] body) {
        read(body);
    }

    @Property(tries = 2_000)
    void text_thatLooksLikeJson_neverFailsAndEnds(
            @ForAll @Size(max = 40) List<@IntRange(min = 0, max = 18) Integer> picks) {
        StringBuilder text = new StringBuilder();
        picks.forEach(pick -> text.append(FRAGMENTS.get(pick)));
        read(text.toString().getBytes(StandardCharsets.UTF_8));
        read(("{\"device\":\"a\",\"x\":1," + text).getBytes(StandardCharsets.UTF_8));
    }

    private static void read(byte[] body) {
        Desk desk = new Desk();
        JsonEntries entries = new JsonEntries(body, 0, body.length);
        Entry entry = new Entry();
        Submission submission = desk.intake.open(Sender.at("x"), 1);
        int count = 0;
        while (entries.next(entry)) {
            submission.take(entry);
            assertThat(++count).isLessThanOrEqualTo(body.length);
        }
        submission.commit();
    }
}
