package io.tidepole.push;

/**
 * Which form of a bundle a viewer may be sent, given what it has seen of its group's shared window. The rule that keeps
 * shared compression right: the shared form goes only to a viewer that has seen every shared bundle since the epoch
 * began and nothing else that was compressed, or to anyone if the bundle begins one. All that is compressed passes here.
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
            case RESET -> alone(bundle);
            case SHARED -> shared(bundle);
        };
    }

    private static Form alone(Encoded.Bundle bundle) {
        return bundle.alone().length > 0 ? Form.ALONE : Form.PLAIN;
    }

    private Form shared(Encoded.Bundle bundle) {
        if (bundle.shared().length > 0 && (bundle.opensEpoch() || bundle.position() == expectedPosition)) {
            expectedPosition = bundle.position() + 1;
            return Form.SHARED;
        }
        lost();
        return alone(bundle);
    }

    /**
     * A message that stands alone is about to be sent: true if it may be compressed. The viewer's window is not the
     * group's any more then.
     */
    boolean standsAlone() {
        lost();
        return compression != Compression.NONE;
    }

    /** True if this bundle could not be taken from the shared window, so an epoch is wanted. */
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
