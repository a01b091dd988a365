package io.tidepole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.slf4j.LoggerFactory;

/** What a test needs of the machine. Where it is missing the test is left out aloud; where {@code CI} is set it fails. */
public final class Needs {
    private Needs() {}

    /** Goes on only if that is there. */
    public static void that(boolean isThere, String what) {
        if (!isThere) {
            LoggerFactory.getLogger(Needs.class).warn("SKIPPED, for it needs {}", what);
            assertThat(System.getenv("CI"))
                    .as("%s: needed where CI is set", what)
                    .isNull();
        }
        assumeTrue(isThere, what);
    }
}
