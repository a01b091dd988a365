package io.tidepole.push;

import io.tidepole.auth.Authenticator;
import io.tidepole.auth.Origins;
import io.tidepole.auth.Principal;
import java.time.Duration;
import java.util.List;
import java.util.function.BiPredicate;

/**
 * Who is let in as a viewer, and what they may be told.
 *
 * @param authenticator says who it is
 * @param origins whose pages may connect
 * @param patience how long a connection may stay open before it has said who it is
 * @param mayHearOf whether somebody may hear of a device
 */
public record Access(
        Authenticator authenticator, Origins origins, Duration patience, BiPredicate<Principal, String> mayHearOf) {
    /** Everybody, from pages of this server. */
    public static final Access OPEN =
            new Access(Authenticator.OPEN, new Origins(List.of()), Duration.ofSeconds(5), (principal, device) -> true);
}
