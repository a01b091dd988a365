package io.tidepole.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidepole.metric.DeviceLedger.Account;
import io.tidepole.protocol.Notice;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DevicesTest {
    private static final long START = 1_769_860_800_000_000L;
    private static final long SECOND = 1_000_000;

    private final Devices devices = new Devices(1_000);

    private String json(long nowMicros) {
        return new String(devices.json(DeviceQuery.all(), device -> true, nowMicros), StandardCharsets.UTF_8);
    }

    /** Every second for so many seconds; returns the time of the last. */
    private long sends(String device, int count, long everyMicros) {
        Account account = devices.account(device);
        long now = START;
        for (int i = 0; i < count; i++) {
            now = START + i * everyMicros;
            account.accepted(2, now);
            account.stamped(-40_000 + i);
        }
        return now;
    }

    private List<String> changes(long nowMicros) {
        return devices.changes(nowMicros).stream()
                .map(Notice::json)
                .map(json -> new String(json, StandardCharsets.UTF_8))
                .toList();
    }

    private static String state(String state, long lastSeenMicros, long cadenceMillis) {
        return "{\"type\":\"device.state\",\"deviceId\":\"a\",\"state\":\"" + state + "\",\"lastSeen\":"
                + lastSeenMicros / 1_000 + ",\"cadence\":" + cadenceMillis + "}";
    }

    @Test
    void device_thatSends_isListed() {
        long last = sends("sensor-9", 4, SECOND);

        assertThat(json(last))
                .isEqualTo(
                        "{\"t\":1769860803000,\"total\":1,\"counts\":{\"live\":1,\"stale\":0,\"offline\":0},\"devices\":[{\"device\":\"sensor-9\",\"state\":\"live\",\"readings\":8,"
                                + "\"firstSeen\":1769860800000,\"lastSeen\":1769860803000,\"cadence\":1000,\"skew\":-39,"
                                + "\"refused\":0}]}");
    }

    @Test
    void device_thatGoesQuiet_isStaleThenOfflineThenBack() {
        long last = sends("a", 4, 10 * SECOND);
        assertThat(changes(last)).containsExactly(state("live", last, 10_000));
        assertThat(changes(last + 25 * SECOND)).isEmpty();
        assertThat(changes(last + 26 * SECOND)).containsExactly(state("stale", last, 10_000));
        assertThat(changes(last + 27 * SECOND)).isEmpty();
        assertThat(changes(last + 101 * SECOND)).containsExactly(state("offline", last, 10_000));

        devices.account("a").accepted(1, last + 102 * SECOND);
        assertThat(changes(last + 102 * SECOND)).containsExactly(state("live", last + 102 * SECOND, 10_000));
    }

    @Test
    void cadence_isNotMovedByOneOutage() {
        long last = sends("a", 6, SECOND);
        devices.account("a").accepted(1, last + 3_600 * SECOND);

        assertThat(json(last + 3_600 * SECOND)).contains("\"cadence\":1000");
    }

    @Test
    void device_thatSaysGoodbye_isOfflineAtOnce() {
        long last = sends("a", 4, SECOND);
        devices.goodbye("a");
        devices.goodbye("nobody");

        assertThat(changes(last)).containsExactly(state("offline", last, 1_000));
    }

    @Test
    void refusal_isShownAtItsDevice() {
        sends("a", 1, SECOND);
        devices.refused("a", "too_old", "the timestamp is older", START);

        assertThat(json(START))
                .contains("\"refused\":1,\"lastRefusal\":{\"code\":\"too_old\",\"message\":\"the timestamp is older\","
                        + "\"t\":1769860800000}");
    }

    @Test
    void strangers_areFewAndKeepTheirRefusalsWhenTheyAreAdmitted() {
        for (int i = 0; i < 100_000; i++) {
            devices.refused("evil-" + i, "too_many_series", "no room", START);
        }
        assertThat(json(START).split("evil-", -1)).hasSize(257);

        sends("evil-99999", 1, SECOND);
        assertThat(devices.size()).isOne();
        assertThat(json(START)).contains("\"device\":\"evil-99999\",\"state\":\"live\",\"readings\":2");
        assertThat(json(START).split("evil-99999", -1)).hasSize(2);
    }

    @Test
    void devices_beyondTheLimit_areNotKept() {
        Devices few = new Devices(1);
        few.account("a").accepted(1, START);
        few.account("b").accepted(1, START);

        assertThat(few.size()).isOne();
    }

    @Test
    void device_silentForAWeek_isForgotten() {
        long last = sends("a", 1, SECOND);
        devices.changes(last + 8 * 86_400 * SECOND);

        assertThat(devices.size()).isZero();
    }
}
