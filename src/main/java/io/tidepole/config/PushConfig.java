package io.tidepole.config;

import java.time.Duration;

/**
 * How updates reach viewers, and what happens to those that are slow.
 *
 * @param compression whether frames are deflated for viewers that offer it
 * @param compressionLevel 1 is fast, 9 is small
 * @param maxDeflaters the most groups that deflate, at about 260 KiB of native memory each; the others go plain
 * @param epochMinFrames the fewest frames between two resets of a group's deflate window
 * @param highWaterBytes the bytes pending on a socket at which its viewer counts as behind
 * @param notSentLowWaterBytes the unsent bytes that the kernel takes from us, {@code TCP_NOTSENT_LOWAT}
 * @param maxAnswers the most private answers that wait for one viewer, before its socket is not read
 * @param degradeAfter how long a viewer is behind before it gets fewer updates
 * @param restoreAfter how long it must keep up before it gets more again
 * @param closeAfter how long it may take no byte at all before it is closed; at least {@code degradeAfter}
 * @param catchupWindow how far back the one frame reaches that a viewer gets for all that it missed
 */
public record PushConfig(
        boolean compression,
        int compressionLevel,
        int maxDeflaters,
        int epochMinFrames,
        long highWaterBytes,
        long notSentLowWaterBytes,
        int maxAnswers,
        Duration degradeAfter,
        Duration restoreAfter,
        Duration closeAfter,
        Duration catchupWindow) {
    public PushConfig {
        Keys.PUSH_COMPRESSION_LEVEL.require(compressionLevel);
        Keys.PUSH_MAX_DEFLATERS.require(maxDeflaters);
        Keys.PUSH_EPOCH_MIN_FRAMES.require(epochMinFrames);
        Keys.PUSH_HIGH_WATER.require(highWaterBytes);
        Keys.PUSH_NOT_SENT_LOW_WATER.require(notSentLowWaterBytes);
        Keys.PUSH_MAX_ANSWERS.require(maxAnswers);
        Keys.PUSH_DEGRADE_AFTER.require(degradeAfter);
        Keys.PUSH_RESTORE_AFTER.require(restoreAfter);
        Keys.PUSH_CLOSE_AFTER.require(closeAfter);
        Keys.PUSH_CATCHUP_WINDOW.require(catchupWindow);
        Rules.CLOSE_AFTER.require(closeAfter, degradeAfter);
    }

    static PushConfig from(Values values) {
        return new PushConfig(
                values.get(Keys.PUSH_COMPRESSION),
                values.get(Keys.PUSH_COMPRESSION_LEVEL),
                values.get(Keys.PUSH_MAX_DEFLATERS),
                values.get(Keys.PUSH_EPOCH_MIN_FRAMES),
                values.get(Keys.PUSH_HIGH_WATER),
                values.get(Keys.PUSH_NOT_SENT_LOW_WATER),
                values.get(Keys.PUSH_MAX_ANSWERS),
                values.get(Keys.PUSH_DEGRADE_AFTER),
                values.get(Keys.PUSH_RESTORE_AFTER),
                values.get(Keys.PUSH_CLOSE_AFTER),
                values.get(Keys.PUSH_CATCHUP_WINDOW));
    }
}
