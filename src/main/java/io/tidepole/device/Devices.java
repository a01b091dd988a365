package io.tidepole.device;

import io.tidepole.metric.DeviceLedger;
import io.tidepole.protocol.Notice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

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

    /**
     * {@code {"t":…,"total":…,"counts":{…},"devices":[…]}} as {@code docs/ingest.md} says. Takes milliseconds where
     * there are many: not on an event loop.
     *
     * @param mayRead whether whoever asks may know of a device
     */
    public byte[] json(DeviceQuery query, Predicate<String> mayRead, long nowMicros) {
        return list(query, mayRead, nowMicros).objects();
    }

    /** The same in columns: {@code {"t":…,"total":…,"counts":{…},"device":[…],"state":"ls…","age":[…],…}}. */
    public byte[] columns(DeviceQuery query, Predicate<String> mayRead, long nowMicros) {
        return list(query, mayRead, nowMicros).columns();
    }

    private DeviceList list(DeviceQuery query, Predicate<String> mayRead, long nowMicros) {
        List<DeviceAccount> accounts = new ArrayList<>(known.values());
        synchronized (strangers) {
            accounts.addAll(strangers.values());
        }
        return new DeviceList(
                accounts.stream()
                        .filter(account -> query.wants(account.device) && mayRead.test(account.device))
                        .map(account -> account.view(nowMicros)),
                query,
                nowMicros);
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
