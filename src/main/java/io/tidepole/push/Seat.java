package io.tidepole.push;

import org.jspecify.annotations.Nullable;

/** A session's place, as the encoder sees it. The session belongs to its loop, the group to the encoder. */
final class Seat {
    final PushLoop loop;
    final Session session;
    final Shape shape;
    final Compression compression;

    /** Touched by the encoder alone. */
    @Nullable
    Group group;

    Seat(PushLoop loop, Session session, Shape shape, Compression compression) {
        this.loop = loop;
        this.session = session;
        this.shape = shape;
        this.compression = compression;
    }
}
