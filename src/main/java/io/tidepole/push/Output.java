package io.tidepole.push;

import io.tidepole.protocol.JsonBytes;
import org.jspecify.annotations.Nullable;

/** Collects the messages of one bundle in each form that someone needs. Used again for every bundle. */
final class Output {
    /** What one message has at most, where it can be split. */
    static final int MAX_MESSAGE_BYTES = 65_536;

    private final JsonBytes message = new JsonBytes(4_096);
    private final JsonBytes plain = new JsonBytes(8_192);
    private final JsonBytes shared = new JsonBytes(4_096);
    private final JsonBytes alone = new JsonBytes(4_096);
    private @Nullable SharedWindow window;
    private @Nullable Alone aloneDeflater;
    private Shape shape = Shape.FLAT;
    private boolean bundleBegun;

    /** Begins a bundle; compressed forms are made for the deflaters that are given. */
    void begin(Shape shape, @Nullable SharedWindow window, @Nullable Alone aloneDeflater) {
        this.shape = shape;
        this.window = window;
        this.aloneDeflater = aloneDeflater;
        plain.clear();
        shared.clear();
        alone.clear();
        bundleBegun = false;
    }

    /** Where the next message is to be written. */
    JsonBytes beginMessage() {
        return message.clear();
    }

    void endMessage() {
        shape.text(plain, message.array(), message.size());
        if (window != null) {
            if (!bundleBegun) {
                window.beginBundle();
                bundleBegun = true;
            }
            window.write(shared, message.array(), 0, message.size());
        }
        if (aloneDeflater != null) {
            aloneDeflater.write(alone, message.array(), 0, message.size());
        }
    }

    /** All windows until this end are in what was written. */
    void endTick(long endMillis) {
        shape.mark(plain, endMillis);
    }

    void message(byte[] json) {
        beginMessage().raw(json);
        endMessage();
    }

    byte[] plain() {
        return plain.toByteArray();
    }

    byte[] shared() {
        return shared.toByteArray();
    }

    byte[] alone() {
        return alone.toByteArray();
    }
}
