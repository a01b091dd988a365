package io.tidepole.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Durations and sizes as people write them. */
final class QuantitiesTest {
    @ParameterizedTest
    @CsvSource({"0ms, 0", "100ms, 100", "1s, 1000", "90s, 90000", "5m, 300000", "2h, 7200000", "30d, 2592000000"})
    void duration_in_each_unit_is_read(String text, long millis) {
        assertThat(Durations.parse(text)).hasMillis(millis);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s", "-1s", "1.5s", "1 s", "1S", "1w", "PT1S", "1s1s", "\u0661s"})
    void duration_in_another_shape_is_refused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Durations.parse(text))
                .withMessageContaining("is not a duration");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "7, 7", "7B, 7", "64KiB, 65536", "16MiB, 16777216", "1GiB, 1073741824", "1TiB, 1099511627776"})
    void size_in_each_unit_is_read(String text, long bytes) {
        assertThat(Sizes.parse(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "KiB", "-1", "1.5GiB", "1 MiB", "64KB", "64kib", "64M", "0x10"})
    void size_in_another_shape_is_refused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Sizes.parse(text)).withMessageContaining("is not a size");
    }

    @Test
    void quantities_beyond_all_bounds_stay_at_the_greatest() {
        assertThat(Sizes.parse("9999999999999999999999")).isEqualTo(Long.MAX_VALUE);
        assertThat(Sizes.parse("9999999999999TiB")).isEqualTo(Long.MAX_VALUE);
        assertThat(Durations.parse("9999999999999999d")).isEqualTo(Duration.ofMillis(Long.MAX_VALUE));
        assertThat(WholeNumbers.parse("-9999999999")).isEqualTo(Integer.MIN_VALUE);
    }

    @Property(tries = 500)
    void duration_written_and_read_is_the_same(@ForAll @LongRange(min = 0) long millis) {
        Duration duration = Duration.ofMillis(millis);

        assertThat(Durations.parse(Durations.format(duration))).isEqualTo(duration);
    }

    @Property(tries = 500)
    void size_written_and_read_is_the_same(@ForAll @LongRange(min = 0) long bytes) {
        assertThat(Sizes.parse(Sizes.format(bytes))).isEqualTo(bytes);
    }
}
