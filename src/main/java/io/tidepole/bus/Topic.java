package io.tidepole.bus;

import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.impl.MessageConsumerImpl;
import java.util.function.Consumer;

/**
 * An address on this node's event bus that carries one type. Values must be immutable: every consumer gets the same
 * instance.
 *
 * @param <T> what it carries; {@link #register} once per exact class before first use
 */
public record Topic<T>(String address, Class<T> type) {
    private DeliveryOptions options() {
        return new DeliveryOptions()
                .setLocalOnly(true)
                .setCodecName(IdentityCodec.nameFor(type))
                .setTracingPolicy(io.vertx.core.tracing.TracingPolicy.IGNORE);
    }

    /** Makes the event bus hand over this topic's values as they are. Call once per Vert.x instance. */
    public Topic<T> register(Vertx vertx) {
        vertx.eventBus().registerCodec(new IdentityCodec<>(type));
        return this;
    }

    /** A function that publishes values to all consumers of this topic. Safe to call from any thread. */
    public Consumer<T> publisher(Vertx vertx) {
        DeliveryOptions options = options();
        return value -> vertx.eventBus().publish(address, value, options);
    }

    /**
     * Hands every value to the consumer, on the context of the caller, in the order of publication. What is under way
     * when it is unregistered reaches nobody: Vert.x would write a warning of each.
     */
    public MessageConsumer<T> consume(Vertx vertx, Consumer<T> consumer) {
        MessageConsumer<T> created = vertx.eventBus().localConsumer(address);
        if (created instanceof MessageConsumerImpl<T> own) {
            own.discardHandler(unwanted -> {});
        }
        return created.handler(message -> consumer.accept(message.body()));
    }
}
