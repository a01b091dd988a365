package io.tidepole.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidepole.metric.Descriptor;
import io.tidepole.metric.SeriesKey;
import io.tidepole.metric.Unit;
import io.tidepole.window.By;
import io.tidepole.window.Stat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** The golden files are what viewers depend on; the pages' tests read the same ones. */
final class ServerCodecTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden");
    private static final Descriptor CPU = Descriptor.gauge(SeriesKey.of("cpu_usage", "host", "quay-01"), Unit.PERCENT);
    private static final Descriptor SENSOR =
            Descriptor.gauge(SeriesKey.of("temperature", Map.of("site", "Kaj \"ö\"", "device", "s-9")), Unit.CELSIUS);

    private static void assertGolden(String name, String actual) throws IOException {
        assertThat(actual + "\n").isEqualTo(Files.readString(GOLDEN.resolve(name + ".json")));
    }

    private static void assertGolden(String name, ServerMessage message) throws IOException {
        assertGolden(name, new String(ServerCodec.encode(message), StandardCharsets.UTF_8));
    }

    private static ServerMessage.Entry entry(int id, Descriptor descriptor) {
        return new ServerMessage.Entry(
                id, descriptor, Optional.empty(), 1_000, Stat.LAST, OptionalDouble.of(12.5), 1_760_000_099_750L);
    }

    private static ServerMessage.Entry silent(int id, Descriptor descriptor) {
        return new ServerMessage.Entry(id, descriptor, Optional.empty(), 5_000, Stat.MEAN, OptionalDouble.empty(), 0);
    }

    private static String subscribed(byte[] head, List<ServerMessage.Entry> series) {
        return text(new JsonBytes(256).raw(head).raw(ServerCodec.listing(series)));
    }

    @Test
    void each_message_reads_as_its_golden_file() throws IOException {
        assertGolden(
                "welcome",
                new ServerMessage.Welcome(
                        "c-m3k9x2-12",
                        "Tidepole 0.1.0",
                        "m3k9x2",
                        "quay-01",
                        1_760_000_000_000L,
                        1_760_000_100_000L,
                        25_000,
                        65_536,
                        "metrics.v1.columns"));
        assertGolden(
                "subscribed",
                subscribed(
                        ServerCodec.subscribed("1", 1, 1_760_000_099_000L, false),
                        List.of(entry(4, CPU), silent(5, SENSOR))));
        assertGolden("subscribed-more", subscribed(ServerCodec.subscribed("", 2, 0, true), List.of()));
        Descriptor group = Descriptor.gauge(SeriesKey.of("temperature", "site", "north"), Unit.CELSIUS);
        ServerMessage.Entry ofGroup = new ServerMessage.Entry(
                32, group, Optional.of(new By(List.of("site"))), 1_000, Stat.P95, OptionalDouble.empty(), 0);
        assertGolden(
                "subscribed-by",
                subscribed(ServerCodec.subscribed("4", 3, 1_760_000_099_000L, false), List.of(ofGroup)));
        assertGolden(
                "subscribed-topics",
                new ServerMessage.Listening("3", 2, new TreeSet<>(List.of(NoticeTopic.values())), 1_760_000_100_000L));
        assertGolden("topics.missed", new ServerMessage.Missed(new TreeSet<>(List.of(NoticeTopic.DEVICE_STATE))));
        assertGolden("unsubscribed", new ServerMessage.Unsubscribed("2", 1));
        assertGolden("series.added", new ServerMessage.Added(List.of(silent(31, SENSOR))));
        assertGolden("series.removed", new ServerMessage.Removed(List.of(31, 32)));
        assertGolden("pong", new ServerMessage.Pong("p", 1_760_000_100_000L, 1_760_000_100_004L));
        assertGolden("subscription.degraded", new ServerMessage.Degraded(5_000));
        assertGolden("subscription.restored", new ServerMessage.Restored());
        assertGolden("server.draining", new ServerMessage.Draining(1_500));
        assertGolden("error-limited", new ServerMessage.Limited("1", 250));
        assertGolden(
                "error",
                new ServerMessage.Failure(
                        ErrorCode.BAD_SELECTOR, "select[0]: expected a value in quotes at column 7", "1"));
    }

    @Test
    void each_update_reads_as_its_golden_file() throws IOException {
        JsonBytes json = new JsonBytes(64);
        new UpdateWriter.Template(CPU, Optional.empty(), 0, Stat.LAST).write(json, 72.4, 1_760_000_100_000L);
        assertGolden("metric.update", text(json));
        new UpdateWriter.Template(SENSOR, Optional.empty(), 5_000, Stat.MEAN)
                .write(json.clear(), -0.125, 1_760_000_100_000L);
        assertGolden("metric.update-mean", text(json));
        new UpdateWriter.Template(CPU, Optional.empty(), 1_000, Stat.LAST)
                .writeCatchUp(json.clear(), 70.1, 1_760_000_112_000L, 1_760_000_100_000L, 61, 88.2);
        assertGolden("metric.update-catchup", text(json));

        UpdateWriter.beginColumns(json.clear(), 17, 1_760_000_100_000L, 1_760_000_099_750L);
        UpdateWriter.ids(json, new int[] {4, 5, 9}, 3);
        UpdateWriter.values(json, new double[] {72.4, 1.5, 3}, 3);
        assertGolden("metric.update-columns", text(json.put('}')));

        UpdateWriter.beginCatchUp(json.clear(), 29, 1_760_000_112_000L, 1_760_000_111_750L, 1_760_000_100_000L, 240);
        UpdateWriter.ids(json, new int[] {4, 5}, 2);
        UpdateWriter.values(json, new double[] {70.1, 1.4}, 2);
        UpdateWriter.extremes(json, new double[] {61, 1.1}, new double[] {88.2, 2}, 2);
        assertGolden("metric.update-columns-catchup", text(json.put('}')));
    }

    private static String text(JsonBytes json) {
        return new String(json.toByteArray(), StandardCharsets.UTF_8);
    }

    @Property
    void any_finite_number_reads_back_as_it_was(@ForAll double value) {
        if (Double.isFinite(value)) {
            assertThat(Double.parseDouble(text(new JsonBytes(4).number(value)))).isEqualTo(value);
        }
    }

    @Property
    void any_decimal_is_written_short(@ForAll int unscaled) {
        double value = unscaled / 100.0;
        String text = text(new JsonBytes(4).number(value));
        assertThat(Double.parseDouble(text)).isEqualTo(value);
        assertThat(text).doesNotContain("E").hasSizeLessThan(13);
    }

    @Property
    void any_text_is_escaped_so_that_a_parser_reads_it_back(@ForAll String value) throws IOException {
        try (var parser = new com.fasterxml.jackson.core.JsonFactory()
                .createParser(new JsonBytes(4).text(value).toByteArray())) {
            parser.nextToken();
            String expected = new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
            assertThat(parser.getText()).isEqualTo(expected);
        }
    }

    @Test
    void long_list_is_split_so_that_each_message_stays_within_its_size() {
        List<ServerMessage.Entry> entries =
                IntStream.range(0, 5_000).mapToObj(id -> entry(id, CPU)).collect(Collectors.toList());

        List<List<ServerMessage.Entry>> parts = ServerCodec.parts(entries, 65_536);

        assertThat(parts.stream().flatMap(List::stream)).isEqualTo(entries);
        for (List<ServerMessage.Entry> part : parts) {
            assertThat(subscribed(ServerCodec.subscribed("r".repeat(64), 1, 0, true), part))
                    .hasSizeLessThan(65_536);
        }
    }
}
