package io.tidepole.push;

import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** For tests from outside this room: bundles that come to the loops late. */
public final class LateBundles {
    private static final long LATE_NANOS = 600_000_000;

    private final Vertx vertx;
    private final BlockingQueue<Encoded.Bundle> bundles = new LinkedBlockingQueue<>();

    /** Remembers the bundles of all groups from now on. */
    public LateBundles(Vertx vertx) {
        this.vertx = vertx;
        Encoder.ENCODED.consume(vertx, encoded -> {
            for (Encoded.Item item : encoded.items()) {
                if (item instanceof Encoded.Bundle bundle) {
                    bundles.add(bundle);
                }
            }
        });
    }

    /** Hands the next bundle to the loops again, as one that has waited for them too long. */
    public void repeatNextLate() throws InterruptedException {
        Encoded.Bundle bundle = bundles.poll(30, TimeUnit.SECONDS);
        if (bundle == null) {
            throw new IllegalStateException("no bundle within 30 s");
        }
        List<Encoded.Item> items = new ArrayList<>();
        items.add(bundle);
        Encoder.ENCODED.publisher(vertx).accept(new Encoded(System.nanoTime() - LATE_NANOS, items));
    }
}
