package io.tidepole.ingest;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import io.vertx.mqtt.MqttServer;
import io.vertx.mqtt.MqttServerOptions;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Turns connections away before Vert.x's MQTT server has them. That makes its server for TCP by itself and shows it to
 * nobody, so it is given one by a Vert.x that stands before ours.
 */
final class MqttDoorstep {
    private MqttDoorstep() {}

    /** A server that takes those connections only. */
    static MqttServer server(Vertx vertx, MqttServerOptions options, Predicate<NetSocketInternal> mayEnter) {
        return MqttServer.create(
                facade(VertxInternal.class, (facade, method, arguments) -> {
                    Object made = call(vertx, method, arguments);
                    return made instanceof NetServer server ? guarded(server, mayEnter) : made;
                }),
                options);
    }

    private static NetServer guarded(NetServer server, Predicate<NetSocketInternal> mayEnter) {
        return facade(NetServer.class, (facade, method, arguments) -> {
            if (method.getName().equals("connectHandler") && arguments != null) {
                @SuppressWarnings("unchecked") // NetServer#connectHandler
                Handler<NetSocket> next = (Handler<NetSocket>) arguments[0];
                return server.connectHandler(socket -> meet((NetSocketInternal) socket, mayEnter, next));
            }
            return call(server, method, arguments);
        });
    }

    private static void meet(NetSocketInternal socket, Predicate<NetSocketInternal> mayEnter, Handler<NetSocket> next) {
        if (mayEnter.test(socket)) {
            next.handle(socket);
        } else {
            socket.close();
        }
    }

    private static <T> T facade(Class<T> type, InvocationHandler calls) {
        return type.cast(Proxy.newProxyInstance(MqttDoorstep.class.getClassLoader(), new Class<?>[] {type}, calls));
    }

    private static @Nullable Object call(Object target, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause() == null ? thrown : thrown.getCause();
        }
    }
}
