package io.tidepole.push;

import io.tidepole.config.PushConfig;

/**
 * How slow a session is. It begins when the session first falls behind, is looked at every second, and ends when the
 * session has kept up for long enough. Called with the time; knows no channel.
 */
final class Slowness {
    /** What is to be done after a look. */
    enum Verdict {
        NOTHING,
        STEP_DOWN,
        STEP_UP,
        OVER,
        CLOSE
    }

    private static final int[] STEPS_MILLIS = {0, 2_000, 5_000, 10_000};

    private final PushConfig settings;
    private int step;
    private long stepSinceMillis;
    private long lastBlockedMillis;
    private long progressMillis;
    private long pendingBytes = -1;
    private int looks;
    private int blockedLooks;

    Slowness(PushConfig settings, long nowMillis) {
        this.settings = settings;
        this.stepSinceMillis = nowMillis;
        this.lastBlockedMillis = nowMillis;
        this.progressMillis = nowMillis;
    }

    /** The rhythm of catch-ups: 0 as soon as the channel takes one. */
    int stepMillis() {
        return STEPS_MILLIS[step];
    }

    /**
     * Looks at the session.
     *
     * @param blocked the channel takes nothing now
     * @param pending bytes that wait for the kernel; while a session is behind none are added, so if they do not
     *     change the viewer has taken nothing
     */
    Verdict look(long nowMillis, boolean blocked, long pending) {
        looks++;
        if (blocked) {
            blockedLooks++;
            lastBlockedMillis = nowMillis;
        }
        if (!blocked || pending != pendingBytes) {
            progressMillis = nowMillis;
            pendingBytes = pending;
        }
        if (nowMillis - progressMillis >= settings.closeAfter().toMillis()) {
            return Verdict.CLOSE;
        }
        if (nowMillis - lastBlockedMillis >= settings.restoreAfter().toMillis()) {
            return stepUp(nowMillis);
        }
        if (nowMillis - stepSinceMillis >= settings.degradeAfter().toMillis()) {
            return stepDown(nowMillis);
        }
        return Verdict.NOTHING;
    }

    private Verdict stepUp(long nowMillis) {
        if (step == 0) {
            return Verdict.OVER;
        }
        step--;
        lastBlockedMillis = nowMillis;
        restart(nowMillis);
        return Verdict.STEP_UP;
    }

    /** Down if it was blocked at half of the looks or more since the last step. */
    private Verdict stepDown(long nowMillis) {
        boolean slow = blockedLooks * 2 >= looks;
        restart(nowMillis);
        if (!slow || step == STEPS_MILLIS.length - 1) {
            return Verdict.NOTHING;
        }
        step++;
        return Verdict.STEP_DOWN;
    }

    private void restart(long nowMillis) {
        stepSinceMillis = nowMillis;
        looks = 0;
        blockedLooks = 0;
    }
}
