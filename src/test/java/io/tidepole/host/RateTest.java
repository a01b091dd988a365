package io.tidepole.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class RateTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long TOP_32 = (1L << 32) - 1;

    private final Rate rate = Rate.of64Bits();
    private final Rate rate32 = Rate.of32Bits();

    @Test
    void rate_firstLook_isNotKnown() {
        assertThat(rate.perSecond(5000, SECOND)).isNaN();
    }

    @Test
    void rate_lateSecondLook_isOverTheTimeThatReallyPassed() {
        rate.perSecond(1000, 0);
        assertThat(rate.perSecond(4000, SECOND * 3 / 2)).isEqualTo(2000);
        assertThat(rate.perSecond(4000, SECOND * 2)).isZero();
    }

    @Test
    void rate_counterStartsAgain_isNotKnownOnceAndThenCountsFromThere() {
        rate.perSecond(9_000_000_000L, 0);
        assertThat(rate.perSecond(100, SECOND)).isNaN();
        assertThat(rate.perSecond(350, 2 * SECOND)).isEqualTo(250);
    }

    @Test
    void rate32_counterPassesItsEnd_goesOn() {
        rate32.perSecond(TOP_32 - 99, 0);
        assertThat(rate32.perSecond(400, SECOND)).isEqualTo(500);
    }

    @Test
    void rate32_counterDropsFromTheMiddle_isAReset() {
        rate32.perSecond(1L << 31, 0);
        assertThat(rate32.perSecond(400, SECOND)).isNaN();
    }

    @Test
    void rate64_counterDropsNearTheEndOf32Bits_isAReset() {
        rate.perSecond(TOP_32, 0);
        assertThat(rate.perSecond(400, SECOND)).isNaN();
    }

    @Test
    void rate_unknownCount_isNotKnownUntilTwoKnownLooks() {
        rate.perSecond(100, 0);
        assertThat(rate.perSecond(-1, SECOND)).isNaN();
        assertThat(rate.perSecond(300, 2 * SECOND)).isNaN();
        assertThat(rate.perSecond(400, 3 * SECOND)).isEqualTo(100);
    }

    @Test
    void rate_noTimePassed_isNotKnown() {
        rate.perSecond(100, SECOND);
        assertThat(rate.perSecond(200, SECOND)).isNaN();
    }
}
