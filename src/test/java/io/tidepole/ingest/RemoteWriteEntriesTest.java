package io.tidepole.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidepole.metric.Descriptor.Kind;
import io.tidepole.metric.Reading;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class RemoteWriteEntriesTest {
    private final Desk desk = new Desk();

    /** A field that holds bytes; lengths here are below 128, so that a length is one byte. */
    private static byte[] field(int number, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write((number << 3) | 2);
        out.write(content.size());
        out.writeBytes(content.toByteArray());
        return out.toByteArray();
    }

    private static byte[] label(String name, String value) {
        return field(
                1, field(1, name.getBytes(StandardCharsets.UTF_8)), field(2, value.getBytes(StandardCharsets.UTF_8)));
    }

    private static byte[] sample(double value, long millis) {
        ByteBuffer bytes = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put((byte) 9).putDouble(value).put((byte) 16);
        for (long rest = millis; ; rest >>>= 7) {
            if (rest < 128) {
                bytes.put((byte) rest);
                break;
            }
            bytes.put((byte) ((rest & 127) | 128));
        }
        byte[] out = new byte[bytes.position()];
        bytes.flip().get(out);
        return field(2, out);
    }

    private static byte[] request() {
        long noon = Desk.NOON_MICROS / 1_000;
        byte[] first = field(
                1,
                label("__name__", "up"),
                label("instance", "i:1"),
                sample(1, noon),
                sample(Double.NaN, noon + 1),
                sample(0, noon + 2));
        byte[] second = field(1, label("__name__", "requests_total"), label("host", "h"), sample(7, noon));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(first);
        out.writeBytes(second);
        return out.toByteArray();
    }

    @Test
    void request_ofSeveralSeries_isRead() {
        Receipt receipt = desk.take(new RemoteWriteEntries(request()));

        assertThat(receipt.isClean()).isTrue();
        assertThat(desk.out())
                .containsExactly(
                        "up{instance=\"i:1\"}=1.0", "up{instance=\"i:1\"}=0.0", "requests_total{device=\"h\"}=7.0");
        assertThat(desk.readings().stream().map(Reading::timeMicros))
                .containsExactly(Desk.NOON_MICROS, Desk.NOON_MICROS + 2_000, Desk.NOON_MICROS);
        assertThat(desk.readings().get(2).series().kind()).isEqualTo(Kind.COUNTER);
    }

    @Property(tries = 2_000)
    void request_thatIsCutOrChanged_neverFailsAndEnds(
            @ForAll @IntRange(min = 0, max = 200) int cut,
            @ForAll @IntRange(min = 0, max = 200) int at,
            @ForAll byte to) {
        byte[] bytes = java.util.Arrays.copyOf(request(), Math.min(cut, request().length));
        if (at < bytes.length) {
            bytes[at] = to;
        }
        new Desk().take(new RemoteWriteEntries(bytes));
    }

    @Property(tries = 2_000)
    void bytes_ofAnyKind_neverFailAndEnd(@ForAll @Size(max = 200) byte[] bytes) throws Exception {
        new Desk().take(new RemoteWriteEntries(bytes));
        try {
            Snappy.inflate(bytes, 10_000);
        } catch (RefusedException refused) {
            assertThat(refused.status).isIn(400, 413);
        }
    }

    @Test
    void snappy_ofLiteralsAndCopies_isInflated() throws Exception {
        // 10 bytes: the literal "ab", then 8 bytes from 2 back.
        byte[] block = {10, 1 << 2, 'a', 'b', ((8 - 4) << 2) | 1, 2};

        assertThat(new String(Snappy.inflate(block, 100), StandardCharsets.US_ASCII))
                .isEqualTo("ababababab");
        assertThatThrownBy(() -> Snappy.inflate(block, 9)).isInstanceOf(RefusedException.class);
    }
}
