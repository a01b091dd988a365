package io.tidepole.ingest;

import io.vertx.core.buffer.Buffer;

/** How one kind of door says what became of a request. */
interface Answers {
    /**
     * An answer.
     *
     * @param status of HTTP
     * @param body JSON, or empty
     */
    record Answer(int status, Buffer body, String contentType) {
        static Answer json(int status, byte[] body) {
            return new Answer(status, Buffer.buffer(body), "application/json");
        }
    }

    /** It was read, and this is what was taken. */
    Answer of(Receipt receipt);

    /** It was refused as a whole. */
    Answer of(RefusedException refused);
}
