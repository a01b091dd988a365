package io.tidepole.guard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class LimitsTest {
    @Test
    void throttle_gives_twice_its_rate_at_once_and_then_its_rate() {
        Throttle throttle = new Throttle(10, 0);
        for (int i = 0; i < 20; i++) {
            assertThat(throttle.take(0)).isZero();
        }
        assertThat(throttle.take(0)).isEqualTo(100);
        assertThat(throttle.take(99)).isBetween(1L, 2L);
        assertThat(throttle.take(100)).isZero();
        assertThat(throttle.take(100)).isEqualTo(100);
    }

    @Test
    void throttle_that_is_owed_says_how_long() {
        Throttle throttle = new Throttle(1_000, 0);
        assertThat(throttle.owe(2_000, 0)).isZero();
        assertThat(throttle.owe(500, 0)).isEqualTo(500);
        assertThat(throttle.owe(0, 500)).isZero();
    }

    @Test
    void failed_logins_wait_longer_each_time_and_are_forgiven_after_a_minute() {
        FailedLogins logins = new FailedLogins(3);
        for (int i = 0; i < 3; i++) {
            logins.failed("a", 0);
            assertThat(logins.waitMillis("a", 0)).isZero();
        }
        logins.failed("a", 0);
        assertThat(logins.waitMillis("a", 0)).isEqualTo(1_000);
        assertThat(logins.waitMillis("b", 0)).isZero();
        logins.failed("a", 1_000);
        assertThat(logins.waitMillis("a", 1_000)).isEqualTo(2_000);
        for (int i = 0; i < 40; i++) {
            logins.failed("a", 2_000);
        }
        assertThat(logins.waitMillis("a", 2_000)).isEqualTo(900_000);
        logins.failed("a", 902_000 + 60_000);
        assertThat(logins.waitMillis("a", 962_000)).isZero();
    }

    @Test
    void failed_logins_remember_a_hundred_thousand_addresses_and_forget_the_oldest() {
        FailedLogins logins = new FailedLogins(0);
        logins.failed("first", 0);
        logins.failed("second", 0);
        for (int i = 2; i <= 100_000; i++) {
            logins.failed("other " + i, 0);
        }
        assertThat(logins.waitMillis("second", 0)).isPositive();
        assertThat(logins.waitMillis("first", 0)).isZero();
    }

    @Test
    void census_counts_addresses_apart_and_this_machine_not_at_all() {
        Census census = new Census(3, 2);
        assertThat(census.enter("203.0.113.1")).isTrue();
        assertThat(census.enter("203.0.113.1")).isTrue();
        assertThat(census.enter("203.0.113.1")).isFalse();
        assertThat(census.enter("203.0.113.2")).isTrue();
        census.leave("203.0.113.1");
        assertThat(census.enter("203.0.113.1")).isTrue();
        for (int i = 0; i < 10; i++) {
            assertThat(census.enter("127.0.0.1")).isTrue();
        }
        assertThat(census.enter()).isTrue();
        assertThat(census.enter()).isTrue();
        assertThat(census.enter()).isTrue();
        assertThat(census.enter()).isFalse();
        census.leave();
        assertThat(census.enter()).isTrue();
    }
}
