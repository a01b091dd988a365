package io.tidepole.push;

import java.util.List;

/**
 * What this room says of itself: sums since the start, except where said.
 *
 * @param viewers connected now
 * @param behind viewers that are behind now
 * @param mostHeld bytes that wait for the one viewer with most, now
 * @param groups now
 * @param series known now
 * @param deflaters in use now
 * @param deliveries updates written to viewers
 * @param bytes of those
 * @param opened connections
 * @param ended connections
 * @param catchUps sent to viewers that were behind
 * @param tooSlow connections closed since they took nothing
 * @param dead connections whose peer was gone
 * @param paintMillis median delay between arrival and picture that pages report; 0 if none did
 */
public record HubFigures(
        int viewers,
        int behind,
        long mostHeld,
        int groups,
        int series,
        int deflaters,
        long deliveries,
        long bytes,
        long opened,
        long ended,
        long catchUps,
        long tooSlow,
        long dead,
        double paintMillis) {

    static HubFigures sum(int viewers, List<LoopFigures.Snapshot> loops, Encoder.Figures encoder) {
        return new HubFigures(
                viewers,
                loops.stream().mapToInt(LoopFigures.Snapshot::behind).sum(),
                loops.stream().mapToLong(LoopFigures.Snapshot::mostHeld).max().orElse(0),
                encoder.groups(),
                encoder.series(),
                encoder.deflaters(),
                loops.stream().mapToLong(LoopFigures.Snapshot::deliveries).sum(),
                loops.stream().mapToLong(LoopFigures.Snapshot::bytes).sum(),
                loops.stream().mapToLong(LoopFigures.Snapshot::opened).sum(),
                loops.stream().mapToLong(LoopFigures.Snapshot::ended).sum(),
                loops.stream().mapToLong(LoopFigures.Snapshot::catchUps).sum(),
                loops.stream().mapToLong(LoopFigures.Snapshot::tooSlow).sum(),
                loops.stream().mapToLong(LoopFigures.Snapshot::dead).sum(),
                loops.stream()
                        .mapToDouble(LoopFigures.Snapshot::paintMillis)
                        .max()
                        .orElse(0));
    }
}
