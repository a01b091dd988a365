package io.tidepole.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ClientCodecTest {
    private static String requestId(String message) {
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        return ClientCodec.requestId(bytes, 0, bytes.length);
    }

    @Test
    void id_ofAMessageThatIsNotRead_isFoundAmongItsFirstFields() {
        assertThat(requestId("{\"type\":\"ping\",\"x\":{\"requestId\":\"no\"},\"y\":[[]],\"requestId\":\"7\"}"))
                .isEqualTo("7");
        assertThat(requestId("{\"requestId\":\"7\",\"x\":\"" + "y".repeat(10_000)))
                .isEqualTo("7");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "7",
                "[\"requestId\",\"7\"]",
                "{",
                "{\"requestId\"",
                "{\"requestId\":7}",
                "{\"requestId\":{\"requestId\":\"7\"}}",
                "{\"requestId\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"}",
                "{\"x\":[[[[[[[[[[[[[[[[[[[[[[[[[[[["
            })
    void id_thatIsNoneOrCannotBeRead_isEmpty(String message) {
        assertThat(requestId(message)).isEmpty();
    }

    @Test
    void id_farBehind_isNotLookedFor() {
        assertThat(requestId("{\"x\":\"" + "y".repeat(1_024) + "\",\"requestId\":\"7\"}"))
                .isEmpty();
    }
}
