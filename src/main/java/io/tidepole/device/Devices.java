package io.tidepole.device;

import io.tidepole.metric.DeviceLedger;
import io.tidepole.protocol.JsonBytes;
import io.tidepole.protocol.Notice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** All devices that send, and those that try. Safe for any thread. */
public final class Devices implements DeviceLedger {
    /** Devices of which nothing was ever taken: anybody can make them up, so few are kept. */
    private static final int MOST_STRANGERS = 256;

    private static final long FORGET_MICROS = 7 * 86_400_000_000L;

    private final int maxDevices;
    private final ConcurrentHashMap<String, DeviceAccount> known = new ConcurrentHashMap<>();
    private final Map<String, DeviceAccount> strangers = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, DeviceAccount> eldest) {
            return size() > MOST_STRANGERS;
        }
    };

    public Devices(int maxDevices) {
        this.maxDevices = maxDevices;
    }

    @Override
    public Account account(String device) {
        DeviceAccount account = known.get(device);
        return account == null ? new Newcomer(device) : account;
    }

    @Override
    public void refused(String device, String code, String reason, long receivedMicros) {
        DeviceAccount account = known.get(device);
        if (account != null) {
            account.refused(code, reason, receivedMicros);
            return;
        }
        synchronized (strangers) {
            strangers.computeIfAbsent(device, DeviceAccount::new).refused(code, reason, receivedMicros);
        }
    }

    /** The device said that it is gone, or its last will did. */
    public void goodbye(String device) {
        DeviceAccount account = known.get(device);
        if (account != null) {
            account.goodbye();
        }
    }

    /** Devices that are in another state than at the last call, and new ones. Call every second or so, from one place. */
    public List<Notice> changes(long nowMicros) {
        List<Notice> changes = new ArrayList<>();
        for (DeviceAccount account : known.values()) {
            account.changed(nowMicros).ifPresent(changes::add);
            if (account.silenceMicros(nowMicros) > FORGET_MICROS) {
                known.remove(account.device, account);
            }
        }
        return changes;
    }

    /** Devices of which readings were taken. */
    public int size() {
        return known.size();
    }

    /** {@code {"t":…,"devices":[…]}}, by name; those of which nothing was ever taken come last. */
    public byte[] json(long nowMicros) {
        List<DeviceView> views = new ArrayList<>();
        known.values().forEach(account -> views.add(account.view(nowMicros)));
        synchronized (strangers) {
            strangers.values().forEach(account -> views.add(account.view(nowMicros)));
        }
        views.sort(
                Comparator.comparing((DeviceView view) -> view.readings() == 0).thenComparing(DeviceView::device));
        JsonBytes json = new JsonBytes(256 + 192 * views.size());
        json.raw("{\"t\":").number(nowMicros / 1_000).raw(",\"devices\":[");
        for (int i = 0; i < views.size(); i++) {
            if (i > 0) {
                json.put(',');
            }
            views.get(i).write(json);
        }
        return json.raw("]}").toByteArray();
    }

    /** A device that is known from its first reading on, if there is room. */
    private final class Newcomer implements Account {
        private final String device;
        private Account admitted = Account.NONE;

        Newcomer(String device) {
            this.device = device;
        }

        @Override
        public void accepted(int readings, long receivedMicros) {
            if (admitted == Account.NONE && known.size() < maxDevices) {
                admitted = known.computeIfAbsent(device, this::admit);
            }
            admitted.accepted(readings, receivedMicros);
        }

        private DeviceAccount admit(String name) {
            synchronized (strangers) {
                DeviceAccount stranger = strangers.remove(name);
                return stranger == null ? new DeviceAccount(name) : stranger;
            }
        }

        @Override
        public void stamped(long aheadMicros) {
            admitted.stamped(aheadMicros);
        }
    }
}
