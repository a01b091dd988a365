package io.tidepole.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.Test;

final class MessageDoorTest {
    private final Desk desk = new Desk();
    private final Queue<Runnable> turn = new ArrayDeque<>();
    private final MessageDoor door = new MessageDoor(desk.intake, turn::add);

    private Future<byte[]> message(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return door.message(Sender.at("x"), bytes, 0, bytes.length);
    }

    private String answer(String text) {
        Future<byte[]> answer = message(text);
        endTurn();
        return new String(answer.result(), StandardCharsets.UTF_8);
    }

    private void endTurn() {
        while (!turn.isEmpty()) {
            turn.remove().run();
        }
    }

    @Test
    void reading_withoutRequestId_isTakenInSilence() {
        assertThat(answer(
                        "{\"type\":\"sensor.reading\",\"deviceId\":\"sensor-9\",\"temperature\":21.8,\"humidity\":44}"))
                .isEmpty();
        assertThat(desk.out())
                .containsExactly("temperature{device=\"sensor-9\"}=21.8", "humidity{device=\"sensor-9\"}=44.0");
    }

    @Test
    void reading_withRequestId_isAcknowledged() {
        assertThat(answer("{\"type\":\"sensor.reading\",\"requestId\":\"7\",\"deviceId\":\"a\",\"x\":1}"))
                .isEqualTo("{\"type\":\"ack\",\"requestId\":\"7\",\"accepted\":1,\"readings\":1,\"rejected\":[]}");
    }

    @Test
    void list_ofReadings_isOneMessage() {
        assertThat(answer("[{\"deviceId\":\"a\",\"x\":1,\"requestId\":\"7\"},{\"x\":1}]"))
                .isEqualTo("{\"type\":\"ack\",\"requestId\":\"7\",\"accepted\":1,\"readings\":1,\"rejected\":"
                        + "[{\"index\":1,\"code\":\"no_device\",\"message\":\"deviceId is missing\"}]}");
    }

    @Test
    void reading_thatIsRefused_isAnswered() {
        assertThat(answer("{\"type\":\"sensor.reading\",\"x\":1}"))
                .isEqualTo(
                        "{\"type\":\"error\",\"code\":\"no_device\",\"message\":\"deviceId is missing\",\"retry\":false}");
    }

    @Test
    void messages_ofOneTurn_goOutTogether() {
        message("{\"type\":\"sensor.reading\",\"deviceId\":\"a\",\"x\":1}");
        message("{\"type\":\"sensor.reading\",\"deviceId\":\"b\",\"x\":2}");
        assertThat(desk.batches).isEmpty();
        endTurn();

        assertThat(desk.batches).hasSize(1);
        assertThat(desk.out()).containsExactly("x{device=\"a\"}=1.0", "x{device=\"b\"}=2.0");
    }

    @Test
    void ack_waitsForTheLog_andSaysWhenItFails() {
        Promise<Void> log = Promise.promise();
        desk.logAnswer = log.future();
        Future<byte[]> answer = message("{\"type\":\"sensor.reading\",\"requestId\":\"7\",\"deviceId\":\"a\",\"x\":1}");
        endTurn();

        assertThat(answer.isComplete()).isFalse();
        log.fail("disk full");
        endTurn();
        assertThat(new String(answer.result(), StandardCharsets.UTF_8))
                .isEqualTo("{\"type\":\"error\",\"code\":\"unavailable\","
                        + "\"message\":\"the readings could not be kept\",\"requestId\":\"7\",\"retry\":true}");
    }

    @Test
    void isReading_looksAtTheType() {
        assertThat(isReading("{\"type\":\"sensor.reading\"}")).isTrue();
        assertThat(isReading(" {\"a\":{\"type\":\"x\"},\"type\" : \"sensor.reading\"}"))
                .isTrue();
        assertThat(isReading("[{}]")).isTrue();
        assertThat(isReading("{\"type\":\"subscribe\",\"select\":[\"sensor.reading\"]}"))
                .isFalse();
        assertThat(isReading("{\"a\":\"sensor.reading\"")).isFalse();
        assertThat(isReading("")).isFalse();
    }

    private static boolean isReading(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return MessageDoor.isReading(bytes, 0, bytes.length);
    }
}
