package io.tidepole.guard;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Failed logins of each address. Past so many in a minute an address has to wait, twice as long after each further
 * one, up to a quarter of an hour; a minute without one forgives. Safe for any thread; called with the time.
 */
public final class FailedLogins {
    private static final int MAX_ADDRESSES = 100_000;
    private static final long MINUTE_MILLIS = 60_000;
    private static final long FIRST_WAIT_MILLIS = 1_000;
    private static final long LONGEST_WAIT_MILLIS = 900_000;

    private final int perMinute;
    private final Map<String, Account> accounts = new LinkedHashMap<>(16, 0.75f, true);

    private static final class Account {
        private int failures;
        private long lastMillis;
        private long untilMillis;
    }

    public FailedLogins(int perMinute) {
        this.perMinute = perMinute;
    }

    /** Milliseconds that this address has to wait before it may try again; 0 if it may now. */
    public synchronized long waitMillis(String address, long nowMillis) {
        Account account = accounts.get(Network.site(address));
        return account == null ? 0 : Math.max(0, account.untilMillis - nowMillis);
    }

    /** A login of this address failed. The addresses that failed longest ago are forgotten when there are too many. */
    public synchronized void failed(String address, long nowMillis) {
        Account account = accounts.computeIfAbsent(Network.site(address), none -> new Account());
        if (nowMillis - Math.max(account.lastMillis, account.untilMillis) >= MINUTE_MILLIS) {
            account.failures = 0;
        }
        account.failures++;
        account.lastMillis = nowMillis;
        int beyond = account.failures - perMinute;
        if (beyond > 0) {
            account.untilMillis =
                    nowMillis + Math.min(LONGEST_WAIT_MILLIS, FIRST_WAIT_MILLIS << Math.min(beyond - 1, 20));
        }
        if (accounts.size() > MAX_ADDRESSES) {
            accounts.remove(accounts.keySet().iterator().next());
        }
    }
}
