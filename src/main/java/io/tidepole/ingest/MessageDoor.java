package io.tidepole.ingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tidepole.protocol.JsonBytes;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.Executor;

/** The door for readings that come as text messages over a WebSocket. One for each event loop, and used on it alone. */
public final class MessageDoor {
    private static final byte[] USUAL = "{\"type\":\"sensor.reading\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SILENCE = new byte[0];

    private final Intake intake;
    private final Outlet outlet;
    private final Entry entry = new Entry();

    /**
     * @param turn runs a task on the event loop after what is under way: readings of many messages go out together then,
     *     and are answered together
     */
    public MessageDoor(Intake intake, Executor turn) {
        this.intake = intake;
        this.outlet = Outlet.shared(intake, turn);
    }

    /** Whether a message is for this door: a list, or an object whose type says sensor.reading. */
    public static boolean isReading(byte[] bytes, int offset, int length) {
        if (length >= USUAL.length && Arrays.equals(bytes, offset, offset + USUAL.length, USUAL, 0, USUAL.length)) {
            return true;
        }
        try (JsonParser json = JsonEntries.parser(bytes, offset, length)) {
            JsonToken first = json.nextToken();
            return first == JsonToken.START_ARRAY || (first == JsonToken.START_OBJECT && isReading(json));
        } catch (IOException unreadable) {
            return false;
        }
    }

    private static boolean isReading(JsonParser json) throws IOException {
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            JsonToken value = json.nextToken();
            if (name.equals("type")) {
                return value == JsonToken.VALUE_STRING && json.getText().equals("sensor.reading");
            }
            json.skipChildren();
        }
        return false;
    }

    /**
     * Takes a message. The bytes are free again when this returns. Completes after the log, with the answer to send: an
     * ack if the message had a requestId, an error if it had none and something was refused, else nothing at all.
     */
    public Future<byte[]> message(Sender sender, byte[] bytes, int offset, int length) {
        if (intake.isOverloaded()) {
            return Future.succeededFuture(
                    error("unavailable", "readings come faster than they can be taken", true, ""));
        }
        if (intake.waitMicros(sender) > 0) {
            return Future.succeededFuture(error("rate_limited", "too many readings from this address", true, ""));
        }
        Submission submission = new Submission(intake, sender, outlet);
        String requestId = "";
        try (JsonEntries entries = new JsonEntries(bytes, offset, length)) {
            while (entries.next(entry) && !submission.isHopeless()) {
                submission.take(entry);
                requestId = requestId.isEmpty() ? entries.requestId() : requestId;
            }
        }
        String id = requestId;
        return submission
                .commit()
                .map(receipt -> answer(receipt, id))
                .otherwise(failed -> error("unavailable", String.valueOf(failed.getMessage()), true, id));
    }

    private static byte[] answer(Receipt receipt, String requestId) {
        if (!requestId.isEmpty()) {
            JsonBytes json = new JsonBytes(128)
                    .raw("{\"type\":\"ack\",\"requestId\":")
                    .text(requestId)
                    .put(',');
            receipt.write(json);
            return json.put('}').toByteArray();
        }
        if (receipt.rejected().isEmpty()) {
            return SILENCE;
        }
        Receipt.Rejected first = receipt.rejected().get(0);
        String more = receipt.rejectedCount() > 1 ? " (and " + (receipt.rejectedCount() - 1) + " more)" : "";
        return error(
                first.refusal().wireName(),
                first.message() + more,
                first.refusal().retry(),
                "");
    }

    private static byte[] error(String code, String message, boolean retry, String requestId) {
        JsonBytes json = new JsonBytes(128)
                .raw("{\"type\":\"error\",\"code\":\"")
                .raw(code)
                .raw("\",\"message\":")
                .text(message);
        if (!requestId.isEmpty()) {
            json.raw(",\"requestId\":").text(requestId);
        }
        return json.raw(retry ? ",\"retry\":true}" : ",\"retry\":false}").toByteArray();
    }
}
