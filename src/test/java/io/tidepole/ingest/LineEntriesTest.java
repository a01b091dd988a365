package io.tidepole.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidepole.metric.Reading;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class LineEntriesTest {
    private static final List<String> FRAGMENTS = List.of(
            "m",
            ",",
            "=",
            " ",
            "\\",
            "\"",
            "\n",
            "\r\n",
            "#",
            "1",
            "1i",
            "-1.5e3",
            "true",
            "device=a",
            "x=1",
            "\\,",
            "9223372036854775808",
            "17698608000000000000",
            ".");

    private final Desk desk = new Desk();
    private final AtomicInteger skipped = new AtomicInteger();

    private Receipt lines(String text) {
        return lines(text, Precision.NANOSECONDS);
    }

    private Receipt lines(String text, Precision precision) {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        return desk.take(new LineEntries(body, precision, 1_000, skipped::incrementAndGet));
    }

    @Test
    void names_followTheRule() {
        lines(
                """
                cpu,host=a,cpu=cpu0 usage_idle=90.5,usage_user=4i
                temperature,device=s1 value=21.8
                sensors,device=s1 temperature=21.9,humidity=44
                """);

        assertThat(desk.out())
                .containsExactly(
                        "cpu_usage_idle{cpu=\"cpu0\",device=\"a\"}=90.5",
                        "cpu_usage_user{cpu=\"cpu0\",device=\"a\"}=4.0",
                        "temperature{device=\"s1\"}=21.8",
                        "temperature{device=\"s1\"}=21.9",
                        "humidity{device=\"s1\"}=44.0");
    }

    @Test
    void series_throughTwoDoors_isTheSame() {
        lines("sensors,device=sensor-9,site=north temperature=1");
        desk.json("{\"deviceId\":\"sensor-9\",\"site\":\"north\",\"temperature\":1}");

        assertThat(desk.intake.figures().series()).isOne();
        assertThat(desk.readings().get(0).series())
                .isSameAs(desk.readings().get(1).series());
    }

    @Test
    void values_ofEveryKind_areRead() {
        lines("m,device=a a=1,b=-2.5e3,c=7i,d=8u,e=t,f=FALSE,g=\"a, \\\"text\\\" = it\",h=.5,i=12345678901234567890");

        assertThat(desk.readings().stream().map(Reading::value))
                .containsExactly(1.0, -2500.0, 7.0, 8.0, 1.0, 0.0, 0.5, 1.2345678901234567e19);
        assertThat(skipped).hasValue(1);
    }

    @Test
    void escapes_areUndone() {
        lines("my\\ m,device=a\\,b,k\\=ey=v\\ w x\\ y=1");

        assertThat(desk.out()).containsExactly("my_m_x_y{device=\"a,b\",k_ey=\"v w\"}=1.0");
    }

    @Test
    void stamps_areInTheGivenPrecision() {
        lines("m,device=a x=1 1769860800000000000");
        lines("m,device=a x=1 1769860800000000", Precision.MICROSECONDS);
        lines("m,device=a x=1 1769860800000", Precision.MILLISECONDS);
        lines("m,device=a x=1 1769860800", Precision.SECONDS);
        lines("m,device=a x=1 29497680", Precision.MINUTES);
        lines("m,device=a x=1 491628", Precision.HOURS);

        assertThat(desk.readings().stream().map(Reading::timeMicros)).hasSize(6).containsOnly(Desk.NOON_MICROS);
    }

    @Test
    void lines_ofWhichSomeAreBad_costOnlyThemselves() {
        Receipt receipt = lines(
                """
                # a comment

                m,device=a x=1\r
                m,device=a
                m,device=a x=
                m,device= x=2
                ,device=a x=2
                m,device=a x=1.5i
                m,device=a x=nan
                m,device=a x=3 yesterday
                m,device=a x=3 1769860800000000000 more
                m,device=a t="one
                two"
                m,device=a t="open
                m,device=a x=4""");

        assertThat(desk.readings().stream().map(Reading::value)).containsExactly(1.0, 4.0);
        assertThat(Desk.codes(receipt))
                .containsExactly(
                        "4 bad_line",
                        "5 bad_line",
                        "6 bad_line",
                        "7 bad_line",
                        "8 bad_line",
                        "9 bad_line",
                        "10 bad_line",
                        "11 bad_line",
                        "14 bad_line");
    }

    @Test
    void line_thatIsTooLong_isRefused() {
        assertThat(Desk.codes(lines("m,device=a x=1,y=" + "1".repeat(1_000) + "\nm,device=a x=1")))
                .containsExactly("1 bad_line");
        assertThat(Desk.codes(lines("m,device=a x=1,y=\"" + "1".repeat(995) + "\"\nm,device=a x=1")))
                .containsExactly("1 line_too_long");
    }

    @Test
    void device_neednotBeNamed() {
        assertThat(lines("weather temperature=1").isClean()).isTrue();
        assertThat(desk.out()).containsExactly("weather_temperature=1.0");
    }

    @Property(tries = 500)
    void bytes_ofAnyKind_neverFailAndEnd(@ForAll @Size(max = 400) byte[] body) {
        read(body);
    }

    @Property(tries = 3_000)
    void text_thatLooksLikeLines_neverFailsAndEnds(
            @ForAll @Size(max = 40) List<@IntRange(min = 0, max = 18) Integer> picks) {
        StringBuilder text = new StringBuilder();
        picks.forEach(pick -> text.append(FRAGMENTS.get(pick)));
        read(text.toString().getBytes(StandardCharsets.UTF_8));
        read(("m,device=a x=1" + text).getBytes(StandardCharsets.UTF_8));
    }

    @Property
    void number_asJavaWritesIt_isReadBackExactly(@ForAll double value) {
        String text = Double.toString(value);
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        Decimal decimal = new Decimal();

        assertThat(decimal.read(bytes, 0, bytes.length)).isTrue();
        assertThat(decimal.value()).isEqualTo(value);
    }

    @Property
    void number_withFewDigits_isReadAsTheJdkDoes(
            @ForAll @IntRange(min = 0, max = 99_999_999) int digits, @ForAll @IntRange(min = 0, max = 8) int decimals) {
        String text = new java.math.BigDecimal(java.math.BigInteger.valueOf(digits), decimals).toPlainString();
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        Decimal decimal = new Decimal();

        assertThat(decimal.read(bytes, 0, bytes.length)).isTrue();
        assertThat(decimal.value()).isEqualTo(Double.parseDouble(text));
    }

    private static void read(byte[] body) {
        Desk desk = new Desk();
        LineEntries entries = new LineEntries(body, Precision.NANOSECONDS, 100, () -> {});
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
