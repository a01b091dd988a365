package io.tidepole.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SharedCatchUpTest {
    private final SharedCatchUp shared = new SharedCatchUp();
    private int made;

    private List<byte[]> frames(long upTo, long after, int known, long since, int... places) {
        BitSet dirty = new BitSet();
        for (int place : places) {
            dirty.set(place);
        }
        List<byte[]> frames =
                shared.frames(upTo, after, known, since, dirty, () -> List.of(new byte[] {(byte) ++made}));
        dirty.clear();
        return frames;
    }

    @Test
    void those_who_missed_the_same_get_the_same_frames() {
        List<byte[]> first = frames(9, 4, 3, 1_000, 0, 2);
        assertThat(frames(9, 4, 3, 1_000, 0, 2)).isSameAs(first);
        assertThat(made).isEqualTo(1);
    }

    @Test
    void whoever_missed_something_else_gets_frames_of_their_own() {
        frames(9, 4, 3, 1_000, 0, 2);
        frames(10, 4, 3, 1_000, 0, 2);
        frames(10, 5, 3, 1_000, 0, 2);
        frames(10, 5, 4, 1_000, 0, 2);
        frames(10, 5, 4, 2_000, 0, 2);
        frames(10, 5, 4, 2_000, 0, 1);
        assertThat(made).isEqualTo(6);
        shared.clear();
        frames(10, 5, 4, 2_000, 0, 1);
        assertThat(made).isEqualTo(7);
    }
}
