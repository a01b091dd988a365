package io.tidepole.metric;

/** Keeps account of who sends. Safe for any thread. */
public interface DeviceLedger {
    /** Keeps nothing. */
    DeviceLedger NONE = new DeviceLedger() {
        @Override
        public Account account(String device) {
            return Account.NONE;
        }

        @Override
        public void refused(String device, String code, String reason, long receivedMicros) {}
    };

    /** The account of a device that is about to send its first reading. */
    Account account(String device);

    /** A reading of a device was refused; the device need not be known. */
    void refused(String device, String code, String reason, long receivedMicros);

    /** The account of one device. Calls for one device do not overlap. */
    interface Account {
        /** Keeps nothing. */
        Account NONE = new Account() {
            @Override
            public void accepted(int readings, long receivedMicros) {}

            @Override
            public void stamped(long aheadMicros) {}
        };

        /** Readings that came together. */
        void accepted(int readings, long receivedMicros);

        /** How far the sender's stamp was ahead of the time of receipt; negative if it was behind. */
        void stamped(long aheadMicros);
    }
}
