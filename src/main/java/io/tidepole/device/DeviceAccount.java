package io.tidepole.device;

import io.tidepole.metric.DeviceLedger;
import io.tidepole.protocol.JsonBytes;
import io.tidepole.protocol.Notice;
import io.tidepole.protocol.NoticeTopic;
import java.util.Optional;

/** One device. Guarded by itself. */
final class DeviceAccount implements DeviceLedger.Account {
    /** Readings that come closer than this came together. */
    private static final long TOGETHER_MICROS = 5_000;

    final String device;
    private final Recent gaps = new Recent();
    private final Recent ahead = new Recent();
    private long firstSeenMicros;
    private long lastSeenMicros;
    private long readings;
    private long refused;
    private String refusalCode = "";
    private String refusalReason = "";
    private long refusalMicros;
    private boolean goodbye;
    private Optional<DeviceState> told = Optional.empty();

    DeviceAccount(String device) {
        this.device = device;
    }

    @Override
    public synchronized void accepted(int count, long receivedMicros) {
        if (readings == 0) {
            firstSeenMicros = receivedMicros;
        } else if (receivedMicros - lastSeenMicros > TOGETHER_MICROS) {
            gaps.add(receivedMicros - lastSeenMicros);
        }
        lastSeenMicros = Math.max(lastSeenMicros, receivedMicros);
        readings += count;
        goodbye = false;
    }

    @Override
    public synchronized void stamped(long aheadMicros) {
        ahead.add(aheadMicros);
    }

    synchronized void refused(String code, String reason, long receivedMicros) {
        refused++;
        refusalCode = code;
        refusalReason = reason;
        refusalMicros = receivedMicros;
    }

    synchronized void goodbye() {
        goodbye = true;
    }

    /** The state as viewers are told it, if it changed since the last call. */
    synchronized Optional<Notice> changed(long nowMicros) {
        Optional<DeviceState> now = Optional.of(state(nowMicros));
        if (now.equals(told)) {
            return Optional.empty();
        }
        told = now;
        JsonBytes json = new JsonBytes(128);
        json.raw("{\"type\":\"device.state\",\"deviceId\":").text(device);
        json.raw(",\"state\":").text(now.get().wireName());
        json.raw(",\"lastSeen\":").number(lastSeenMicros / 1_000);
        if (cadenceMicros() > 0) {
            json.raw(",\"cadence\":").number(Math.max(1, cadenceMicros() / 1_000));
        }
        return Optional.of(
                new Notice(NoticeTopic.DEVICE_STATE, device, json.put('}').toByteArray()));
    }

    synchronized long silenceMicros(long nowMicros) {
        return nowMicros - Math.max(lastSeenMicros, refusalMicros);
    }

    private DeviceState state(long nowMicros) {
        return goodbye || readings == 0
                ? DeviceState.OFFLINE
                : Liveness.after(nowMicros - lastSeenMicros, cadenceMicros());
    }

    private long cadenceMicros() {
        return gaps.size() == 0 ? 0 : gaps.median();
    }

    synchronized DeviceView view(long nowMicros) {
        return new DeviceView(
                device,
                state(nowMicros),
                firstSeenMicros,
                lastSeenMicros,
                readings,
                cadenceMicros(),
                // What lies between stamp and receipt is skew less the time on the way: the greatest has least of that.
                ahead.size() == 0 ? 0 : ahead.max(),
                ahead.size() > 0,
                refused,
                refusalCode,
                refusalReason,
                refusalMicros);
    }
}
