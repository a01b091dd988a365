package io.tidepole.device;

import io.tidepole.metric.DeviceLedger;

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
    private DeviceState told = DeviceState.LIVE;

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

    /** The state, if it changed since the last call. */
    synchronized java.util.Optional<DeviceState> changed(long nowMicros) {
        DeviceState now = state(nowMicros);
        if (now == told) {
            return java.util.Optional.empty();
        }
        told = now;
        return java.util.Optional.of(now);
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
