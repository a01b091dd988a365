package io.tidepole;

import io.tidepole.auth.LoginRoutes;
import io.tidepole.guard.FailedLogins;
import io.tidepole.guard.Gate;
import io.vertx.ext.web.RoutingContext;
import java.util.function.LongSupplier;

/** Counts failed logins by the address of whoever asks, behind trusted proxies too. */
final class LoginBrake implements LoginRoutes.Brake {
    private final FailedLogins logins;
    private final Gate gate;
    private final LongSupplier nowMillis;

    LoginBrake(int perMinute, Gate gate, LongSupplier nowMillis) {
        this.logins = new FailedLogins(perMinute);
        this.gate = gate;
        this.nowMillis = nowMillis;
    }

    @Override
    public long waitSeconds(RoutingContext request) {
        return (logins.waitMillis(address(request), nowMillis.getAsLong()) + 999) / 1_000;
    }

    @Override
    public void failed(RoutingContext request) {
        logins.failed(address(request), nowMillis.getAsLong());
    }

    private String address(RoutingContext request) {
        return gate.client(
                request.request().remoteAddress().hostAddress(),
                request.request().headers()::getAll);
    }
}
