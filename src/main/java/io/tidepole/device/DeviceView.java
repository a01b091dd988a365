package io.tidepole.device;

import io.tidepole.protocol.JsonBytes;

/**
 * One device as of now.
 *
 * @param cadenceMicros time between readings; 0 if not known yet
 * @param skewMicros how far its clock is ahead of ours
 * @param stamped whether it sends stamps, and so has a skew
 * @param refusalCode of the last refusal; empty if there was none
 */
record DeviceView(
        String device,
        DeviceState state,
        long firstSeenMicros,
        long lastSeenMicros,
        long readings,
        long cadenceMicros,
        long skewMicros,
        boolean stamped,
        long refused,
        String refusalCode,
        String refusalReason,
        long refusalMicros) {

    void write(JsonBytes json) {
        json.raw("{\"device\":").text(device).raw(",\"state\":\"").raw(state.wireName());
        json.raw("\",\"readings\":").number(readings);
        if (readings > 0) {
            json.raw(",\"firstSeen\":").number(firstSeenMicros / 1_000);
            json.raw(",\"lastSeen\":").number(lastSeenMicros / 1_000);
        }
        if (cadenceMicros > 0) {
            json.raw(",\"cadence\":").number(Math.max(1, cadenceMicros / 1_000));
        }
        if (stamped) {
            json.raw(",\"skew\":").number(skewMicros / 1_000);
        }
        json.raw(",\"refused\":").number(refused);
        if (!refusalCode.isEmpty()) {
            json.raw(",\"lastRefusal\":{\"code\":").text(refusalCode);
            json.raw(",\"message\":").text(refusalReason);
            json.raw(",\"t\":").number(refusalMicros / 1_000).put('}');
        }
        json.put('}');
    }
}
