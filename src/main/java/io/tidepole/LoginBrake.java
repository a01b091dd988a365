package io.tidepole;

import io.tidepole.auth.Brake;
import io.tidepole.guard.FailedLogins;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts failed logins by the address of whoever asks. */
final class LoginBrake implements Brake {
    private static final Logger log = LoggerFactory.getLogger(LoginBrake.class);

    private final FailedLogins logins;
    private final LongSupplier nowMillis;

    LoginBrake(int perMinute, LongSupplier nowMillis) {
        this.logins = new FailedLogins(perMinute);
        this.nowMillis = nowMillis;
    }

    @Override
    public long waitMillis(String address) {
        return logins.waitMillis(address, nowMillis.getAsLong());
    }

    @Override
    public void failed(String address) {
        logins.failed(address, nowMillis.getAsLong());
        long waitMillis = waitMillis(address);
        if (waitMillis > 0) {
            log.info("too many failed logins from {}: it waits for {} ms", address, waitMillis);
        }
    }
}
