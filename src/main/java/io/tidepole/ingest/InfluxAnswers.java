package io.tidepole.ingest;

import io.tidepole.protocol.JsonBytes;
import io.vertx.core.buffer.Buffer;

/** Answers as clients of Influx expect them, for version 1 and 2 of its interface. */
final class InfluxAnswers implements Answers {
    private static final int TOLD = 20;

    private final int version;

    InfluxAnswers(int version) {
        this.version = version;
    }

    @Override
    public Answer of(Receipt receipt) {
        if (receipt.isClean()) {
            return new Answer(204, Buffer.buffer(), "");
        }
        StringBuilder message = new StringBuilder("partial write: ");
        for (Receipt.Rejected each :
                receipt.rejected().subList(0, Math.min(TOLD, receipt.rejected().size()))) {
            message.append("line ")
                    .append(each.index())
                    .append(": ")
                    .append(each.message())
                    .append(" (")
                    .append(each.refusal().wireName())
                    .append("); ");
        }
        message.append("dropped=").append(receipt.rejectedCount());
        int line = receipt.rejected().get(0).index();
        return answer(receipt.status(), message.toString(), line);
    }

    @Override
    public Answer of(RefusedException refused) {
        return answer(refused.status, refused.reason(), 0);
    }

    private Answer answer(int status, String message, int line) {
        JsonBytes json = new JsonBytes(128);
        if (version == 1) {
            json.raw("{\"error\":").text(message);
        } else {
            json.raw("{\"code\":").text(code(status)).raw(",\"message\":").text(message);
            if (line > 0) {
                json.raw(",\"line\":").number(line);
            }
        }
        return Answer.json(status, json.put('}').toByteArray());
    }

    private static String code(int status) {
        return switch (status) {
            case 401 -> "unauthorized";
            case 403 -> "forbidden";
            case 413 -> "request too large";
            case 415 -> "unsupported media type";
            case 429 -> "too many requests";
            case 503 -> "unavailable";
            default -> "invalid";
        };
    }
}
