package io.tidepole.auth;

/** Slows down who guesses, by the address from which they do. Safe for any thread. */
public interface Brake {
    /** Lets everybody guess. */
    Brake NONE = new Brake() {
        @Override
        public long waitMillis(String address) {
            return 0;
        }

        @Override
        public void failed(String address) {}
    };

    /** Milliseconds that this address has to wait before another try; 0 if none. */
    long waitMillis(String address);

    /** A try from there failed. */
    void failed(String address);
}
