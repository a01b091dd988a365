package io.tidepole.bus;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;

/** Hands immutable values from publisher to consumer without a copy; there is no form for the network. */
final class IdentityCodec<T> implements MessageCodec<T, T> {
    private final String name;

    IdentityCodec(Class<T> type) {
        name = nameFor(type);
    }

    static String nameFor(Class<?> type) {
        return "identity:" + type.getName();
    }

    @Override
    public T transform(T value) {
        return value;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public byte systemCodecID() {
        return -1;
    }

    @Override
    public void encodeToWire(Buffer buffer, T value) {
        throw new UnsupportedOperationException("this type stays on its node");
    }

    @Override
    public T decodeFromWire(int position, Buffer buffer) {
        throw new UnsupportedOperationException("this type stays on its node");
    }
}
