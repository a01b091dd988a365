package io.tidepole.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Whatever arrives, a parser ends, gives no more entries than there are bytes, and throws nothing. */
final class ParsersTest {
    private static final List<String> SEEDS = List.of(
            "{\"deviceId\":\"a\",\"temperature\":21.5,\"labels\":{\"x\":\"y\"},\"timestamp\":1769860800000}",
            "[{\"deviceId\":\"a\",\"x\":1e3},{\"deviceId\":\"b\",\"x\":[1,{}]}]",
            "{\"deviceId\":\"a\",\"x\":1}\n{\"deviceId\":\"b\",\"unit\":\"Cel\",\"y\":true}\n",
            "cpu,host=web-1,cpu=cpu0 usage_idle=90.5,n=4i,s=\"a b\",t=T 1769860800000000000\n",
            "m\\ x,a\\,b=c\\=d f\\ g=-1.5e-3\n# comment\n\nm v=1u",
            "sensors/a");

    /** Arbitrary bytes, and good input with some bytes changed, doubled or cut off. */
    @Provide
    static Arbitrary<byte[]> bytes() {
        Arbitrary<byte[]> any = Arbitraries.bytes().array(byte[].class).ofMaxSize(120);
        Arbitrary<byte[]> changed = Arbitraries.of(SEEDS).flatMap(seed -> Arbitraries.longs()
                .map(random -> changed(seed.getBytes(StandardCharsets.UTF_8), new Random(random))));
        return Arbitraries.frequencyOf(net.jqwik.api.Tuple.of(1, any), net.jqwik.api.Tuple.of(4, changed));
    }

    private static byte[] changed(byte[] seed, Random random) {
        byte[] bytes = seed;
        for (int change = random.nextInt(6); change >= 0; change--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(3)) {
                case 0 -> bytes[at] = (byte) random.nextInt();
                case 1 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
                default -> {
                    byte[] longer = Arrays.copyOf(bytes, bytes.length + bytes.length - at);
                    System.arraycopy(bytes, at, longer, bytes.length, bytes.length - at);
                    bytes = longer;
                }
            }
        }
        return bytes;
    }

    private static void readsToTheEnd(Entries entries, int bytes) {
        Desk desk = new Desk();
        Submission submission = desk.intake.open(Sender.at("127.0.0.1"), 1);
        Entry entry = new Entry();
        int count = 0;
        while (entries.next(entry)) {
            submission.take(entry);
            assertThat(++count).isLessThanOrEqualTo(bytes + 1);
        }
        entries.close();
        assertThat(submission.commit().succeeded()).isTrue();
    }

    @Property(tries = 3_000)
    void json_readsToTheEnd(@ForAll("bytes") byte[] bytes) {
        readsToTheEnd(new JsonEntries(bytes, 0, bytes.length), bytes.length);
    }

    @Property(tries = 3_000)
    void lines_readToTheEnd(@ForAll("bytes") byte[] bytes) {
        readsToTheEnd(new LineEntries(bytes, Precision.byName("ns").orElseThrow(), 65_536, () -> {}), bytes.length);
    }

    @Property(tries = 3_000)
    void remoteWrite_readsToTheEnd(@ForAll("bytes") byte[] bytes) {
        readsToTheEnd(new RemoteWriteEntries(bytes), bytes.length);
    }

    @Property(tries = 3_000)
    void otlp_readsToTheEnd(@ForAll("bytes") byte[] bytes) {
        readsToTheEnd(new OtlpEntries(bytes), bytes.length);
    }

    @Property(tries = 3_000)
    void numbersOfMqtt_readToTheEnd(@ForAll("bytes") byte[] bytes) {
        readsToTheEnd(new MqttNumber(new MqttTopic("a", "b"), bytes), bytes.length);
    }

    @Property(tries = 3_000)
    void messages_areAnsweredOrNotForUs(@ForAll("bytes") byte[] bytes) {
        MessageDoor door = new MessageDoor(new Desk().intake, Runnable::run);
        if (MessageDoor.isReading(bytes, 0, bytes.length)) {
            assertThat(door.message(Sender.at("127.0.0.1"), bytes, 0, bytes.length)
                            .isComplete())
                    .isTrue();
        }
    }

    @Property(tries = 3_000)
    void packedBodies_areRefusedOrStayWithinTheirLimit(@ForAll("bytes") byte[] bytes) {
        try {
            assertThat(Snappy.inflate(bytes, 4_096)).hasSizeLessThanOrEqualTo(4_096);
        } catch (RefusedException refused) {
            assertThat(refused.status).isBetween(400, 499);
        }
        try {
            assertThat(Gunzip.inflate(bytes, 4_096)).hasSizeLessThanOrEqualTo(4_096);
        } catch (RefusedException refused) {
            assertThat(refused.status).isBetween(400, 499);
        }
    }

    @Test
    void textOfAnotherEncoding_isRefused() {
        for (byte[] bytes :
                new byte[][] {{0, 0, 1, 0}, {'[', 0, 0}, {'{', 0, '}', 0}, {(byte) 0xfe, (byte) 0xff, 0, '{'}}) {
            Receipt receipt = new Desk().take(new JsonEntries(bytes, 0, bytes.length));
            assertThat(Desk.codes(receipt)).contains("0 bad_json");
        }
    }
}
