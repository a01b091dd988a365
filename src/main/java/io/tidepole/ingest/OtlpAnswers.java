package io.tidepole.ingest;

import io.tidepole.protocol.JsonBytes;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Answers as OTLP/HTTP has them: what was taken in part is a success that says so (section Partial Success). */
final class OtlpAnswers implements Answers {
    private static final String TYPE = "application/x-protobuf";

    /** The same answers in JSON, to those who sent JSON. */
    static final Answers JSON = new Answers() {
        @Override
        public Answer of(Receipt receipt) {
            if (receipt.status() == 429) {
                return status(429, receipt.rejected().get(0).message());
            }
            JsonBytes json = new JsonBytes(64);
            if (receipt.isClean()) {
                return Answer.json(200, json.raw("{}").toByteArray());
            }
            json.raw("{\"partialSuccess\":{\"rejectedDataPoints\":\"").number(receipt.rejectedCount());
            json.raw("\",\"errorMessage\":").text(receipt.rejected().get(0).message());
            return Answer.json(200, json.raw("}}").toByteArray());
        }

        @Override
        public Answer of(RefusedException refused) {
            return status(refused.status, refused.reason());
        }

        private static Answer status(int status, String message) {
            return Answer.json(
                    status,
                    new JsonBytes(64)
                            .raw("{\"message\":")
                            .text(message)
                            .put('}')
                            .toByteArray());
        }
    };

    @Override
    public Answer of(Receipt receipt) {
        if (receipt.status() == 429) {
            return new Answer(429, status(receipt.rejected().get(0).message()), TYPE);
        }
        if (receipt.isClean()) {
            return new Answer(200, Buffer.buffer(), TYPE);
        }
        ByteArrayOutputStream partial = new ByteArrayOutputStream();
        partial.write(1 << 3);
        varint(partial, receipt.rejectedCount());
        text(partial, receipt.rejected().get(0).message());
        ByteArrayOutputStream response = new ByteArrayOutputStream();
        response.write((1 << 3) | 2);
        varint(response, partial.size());
        response.writeBytes(partial.toByteArray());
        return new Answer(200, Buffer.buffer(response.toByteArray()), TYPE);
    }

    @Override
    public Answer of(RefusedException refused) {
        return new Answer(refused.status, status(refused.reason()), TYPE);
    }

    /** A google.rpc.Status with nothing but a message. */
    private static Buffer status(String message) {
        ByteArrayOutputStream status = new ByteArrayOutputStream();
        text(status, message);
        return Buffer.buffer(status.toByteArray());
    }

    /** Both messages have their text in field 2. */
    private static void text(ByteArrayOutputStream out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.write((2 << 3) | 2);
        varint(out, bytes.length);
        out.writeBytes(bytes);
    }

    private static void varint(ByteArrayOutputStream out, int value) {
        for (int rest = value; ; rest >>>= 7) {
            if (rest < 128) {
                out.write(rest);
                return;
            }
            out.write((rest & 127) | 128);
        }
    }
}
