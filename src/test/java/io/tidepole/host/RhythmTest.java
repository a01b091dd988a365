package io.tidepole.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class RhythmTest {
    private final Rhythm second = Rhythm.inWindowsOf(1000);

    @Test
    void beat_onTime_isFollowedByTheNextWindow() {
        assertThat(second.nextAfter(60_750)).isEqualTo(61_750);
        assertThat(second.nextAfter(60_752)).isEqualTo(61_750);
        assertThat(second.nextAfter(60_749)).isEqualTo(61_750);
    }

    @Test
    void beat_late_comesBackToItsPlace() {
        assertThat(second.nextAfter(61_100)).isEqualTo(61_750);
    }

    @Test
    void beat_lateByMoreThanHalf_skipsTheOneThatIsTooNear() {
        assertThat(second.nextAfter(61_300)).isEqualTo(62_750);
    }

    @Test
    void beat_longStandstill_skipsAllThatWereMissed() {
        assertThat(second.nextAfter(75_800)).isEqualTo(76_750);
    }

    @Test
    void beat_tenthOfASecond_isAtThreeQuarters() {
        Rhythm tenth = Rhythm.inWindowsOf(100);
        assertThat(tenth.nextAfter(5_075)).isEqualTo(5_175);
        assertThat(tenth.nextAfter(5_130)).isEqualTo(5_275);
    }

    @Test
    void beat_fromAnyMoment_isAtItsPlaceAndBetweenHalfAndOneAndAHalfPeriodsAway() {
        Rhythm odd = Rhythm.inWindowsOf(700).every(2100, 2);
        for (long now = 1_760_000_000_000L; now < 1_760_000_000_000L + 5000; now++) {
            long next = odd.nextAfter(now);
            assertThat(next - now).isBetween(1050L, 3149L);
            assertThat(Math.floorMod(next - odd.offsetMillis(), 2100)).isZero();
        }
    }

    @Test
    void everyTenSeconds_eachTurn_isInAnotherWindowAtTheSamePlace() {
        assertThat(second.every(10_000, 0).nextAfter(60_750)).isEqualTo(70_750);
        assertThat(second.every(10_000, 4).nextAfter(60_750)).isEqualTo(74_750);
        assertThat(second.every(10_000, 12).nextAfter(60_750)).isEqualTo(72_750);
    }

    @Test
    void everyShorterThanTheBeat_isTheBeat() {
        Rhythm minute = Rhythm.inWindowsOf(60_000);
        assertThat(minute.every(5_000, 3)).isEqualTo(minute);
    }
}
