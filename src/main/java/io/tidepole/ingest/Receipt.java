package io.tidepole.ingest;

import io.tidepole.protocol.JsonBytes;
import java.util.List;

/**
 * What became of a request.
 *
 * @param accepted entries of which something was taken
 * @param readings values that were taken
 * @param rejectedCount problems in all
 * @param rejected the first of them
 * @param retryAfterMillis when what was refused for its rate may come again; 0 if nothing was
 */
record Receipt(int accepted, int readings, int rejectedCount, List<Rejected> rejected, long retryAfterMillis) {
    /** Problems that are told one by one. */
    static final int MAX_TOLD = 1_000;

    /** A problem with one entry, by its place: counted from 0, or its line from 1 in line protocol. */
    record Rejected(int index, Refusal refusal, String message) {}

    Receipt {
        rejected = List.copyOf(rejected);
    }

    boolean isClean() {
        return rejectedCount == 0;
    }

    /** 200, or why some of it was refused: the rate first, as that may come again. */
    int status() {
        if (isClean()) {
            return 200;
        }
        if (retryAfterMillis > 0) {
            return 429;
        }
        boolean forbidden = accepted == 0 && rejected.stream().allMatch(each -> each.refusal == Refusal.FORBIDDEN);
        return forbidden ? 403 : 400;
    }

    /** {@code "accepted":…,"readings":…,"rejected":[…]}, without braces. */
    void write(JsonBytes json) {
        json.raw("\"accepted\":").number(accepted).raw(",\"readings\":").number(readings);
        if (rejectedCount > rejected.size()) {
            json.raw(",\"rejectedCount\":").number(rejectedCount);
        }
        json.raw(",\"rejected\":[");
        for (int i = 0; i < rejected.size(); i++) {
            Rejected each = rejected.get(i);
            json.raw(i == 0 ? "{\"index\":" : ",{\"index\":")
                    .number(each.index)
                    .raw(",\"code\":\"")
                    .raw(each.refusal.wireName())
                    .raw("\",\"message\":")
                    .text(each.message)
                    .raw(each.refusal.retry() ? ",\"retry\":true}" : "}");
        }
        json.put(']');
    }
}
