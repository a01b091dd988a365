package io.tidepole.auth;

import io.vertx.core.Future;

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

    /** Who shows this; fails with {@link NotAuthenticatedException}. Completes at once, or later on any thread. */
    Future<Principal> authenticate(Credentials credentials);

    /** Whether the proof of that principal still holds: it has not expired, and was not withdrawn. Cheap. */
    boolean isValid(Principal principal);
}
