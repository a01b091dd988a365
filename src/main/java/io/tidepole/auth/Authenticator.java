package io.tidepole.auth;

import io.vertx.core.Future;
import java.util.Optional;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** Finds out who is there. Safe for any thread; what it cannot answer from memory it asks for elsewhere. */
public interface Authenticator {
    /** Asks nobody: everyone may do everything. */
    Authenticator OPEN = new Authenticator() {
        @Override
        public boolean isRequired() {
            return false;
        }

        @Override
        public Future<Principal> authenticate(Credentials credentials) {
            return Future.succeededFuture(Principal.ANYBODY);
        }

        @Override
        public boolean isValid(Principal principal) {
            return true;
        }
    };

    /** Whether anybody has to say who they are. */
    boolean isRequired();

    /** Whom the certificate of a connection's other end stands for, if that counts here; null is no TLS. */
    default Optional<Principal> certified(@Nullable SSLSession session) {
        return Optional.empty();
    }

    /** Who shows this; fails with {@link NotAuthenticatedException}. Completes at once, or later on any thread. */
    Future<Principal> authenticate(Credentials credentials);

    /** Whether the proof of that principal still holds: it has not expired, and was not withdrawn. Cheap. */
    boolean isValid(Principal principal);
}
