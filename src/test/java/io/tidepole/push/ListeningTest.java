package io.tidepole.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidepole.protocol.Notice;
import io.tidepole.protocol.NoticeTopic;
import io.tidepole.protocol.ServerMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ListeningTest {
    private final Listening listening = new Listening();
    private final List<String> told = new ArrayList<>();

    ListeningTest() {
        listening.add(1, Set.of(NoticeTopic.DEVICE_STATE));
    }

    private static Notice notice(String device, String json) {
        return new Notice(NoticeTopic.DEVICE_STATE, device, json.getBytes(StandardCharsets.UTF_8));
    }

    private Listening.Teller takes(int messages) {
        return new Listening.Teller() {
            private int left = messages;

            @Override
            public boolean isReady() {
                return left > 0;
            }

            @Override
            public void tell(byte[] json) {
                left--;
                told.add(new String(json, StandardCharsets.UTF_8));
            }

            @Override
            public void missed(ServerMessage.Missed missed) {
                left--;
                told.add("missed " + missed.topics());
            }
        };
    }

    @Test
    void slow_viewer_isToldTheNewestOfEachSubject() {
        listening.keep(notice("a", "a stale"));
        listening.keep(notice("b", "b stale"));
        listening.keep(notice("a", "a offline"));

        listening.tell(takes(1));
        assertThat(told).containsExactly("b stale");
        listening.tell(takes(1));
        assertThat(told).containsExactly("b stale", "a offline");
        assertThat(listening.isWaiting()).isFalse();
    }

    @Test
    void more_than_is_kept_isToldAsMissed() {
        for (int i = 0; i < 5_000; i++) {
            listening.keep(notice("device-" + i, "state of " + i));
        }

        listening.tell(takes(10_000));

        assertThat(told).hasSize(1_025).contains("state of 4999").doesNotContain("state of 0");
        assertThat(told.get(1_024)).isEqualTo("missed [DEVICE_STATE]");
    }

    @Test
    void notice_of_a_topic_that_was_given_up_isNotTold() {
        listening.keep(notice("a", "a stale"));
        assertThat(listening.remove(1)).isTrue();
        assertThat(listening.remove(1)).isFalse();

        listening.tell(takes(10));

        assertThat(told).isEmpty();
        assertThat(listening.wants(NoticeTopic.DEVICE_STATE)).isFalse();
    }
}
