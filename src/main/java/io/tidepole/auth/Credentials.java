package io.tidepole.auth;

/** What somebody shows to prove who they are. Its text is a secret, and {@code toString} does not say it. */
public sealed interface Credentials {
    /** Nothing. */
    record None() implements Credentials {}

    /** An API token or a JSON Web Token. */
    record Token(String text) implements Credentials {
        @Override
        public String toString() {
            return "Token";
        }
    }

    /** The id of a login, as its cookie has it. */
    record Login(String text) implements Credentials {
        @Override
        public String toString() {
            return "Login";
        }
    }
}
