package io.tidepole.push;

/**
 * Which form of a bundle a viewer may be sent, given what it has seen of its group's shared window. The rule that keeps
 * shared compression right: the compressed form goes only to a viewer that has seen every compressed bundle since the
 * epoch began, or to anyone if the bundle begins one.
 */
final class Follower {
    /** A form of a bundle. */
    enum Form {
        PLAIN,
        SHARED,
        ALONE
    }

    private static final long OUT_OF_STEP = -1;

    private final Compression compression;
    private long expectedPosition = OUT_OF_STEP;

    Follower(Compression compression) {
        this.compression = compression;
    }

    /** The form to send; it counts as sent. */
    Form follow(Encoded.Bundle bundle) {
        return switch (compression) {
            case NONE -> Form.PLAIN;
            case RESET -> bundle.alone().length > 0 ? Form.ALONE : Form.PLAIN;
            case SHARED -> shared(bundle);
        };
    }

    private Form shared(Encoded.Bundle bundle) {
        if (bundle.shared().length == 0) {
            return Form.PLAIN;
        }
        if (bundle.opensEpoch() || bundle.position() == expectedPosition) {
            expectedPosition = bundle.position() + 1;
            return Form.SHARED;
        }
        return Form.PLAIN;
    }

    /** True if this bundle could not be taken compressed, so an epoch is wanted. */
    boolean wantsEpoch(Encoded.Bundle bundle) {
        return compression == Compression.SHARED
                && bundle.shared().length > 0
                && expectedPosition != bundle.position() + 1;
    }

    /** A bundle was not sent, or the viewer moved to another group: its window is not the group's any more. */
    void lost() {
        expectedPosition = OUT_OF_STEP;
    }
}
