package io.tidepole.ingest;

import io.tidepole.auth.Rights;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * MQTT over WebSocket at {@code /mqtt} (MQTT 5, section 6): what a client's frames hold goes to the MQTT server of this
 * process over a local connection, and back. Who it is, and from where it comes, goes along beside it.
 */
public final class MqttSocketDoor {
    /** The subprotocol that the standard wants; the HTTP server has to offer it. */
    public static final String SUBPROTOCOL = "mqtt";

    private static final Logger LOG = LoggerFactory.getLogger(MqttSocketDoor.class);
    private static final short NOT_BINARY = 1003;
    private static final short WENT_WRONG = 1011;

    private final MqttDoor mqtt;
    private final Function<HttpServerRequest, String> addresses;
    private final NetClient client;

    /**
     * Goes to the MQTT server of this process.
     *
     * @param addresses says from which address a request comes, behind trusted proxies too
     */
    public MqttSocketDoor(Vertx vertx, MqttDoor mqtt, Function<HttpServerRequest, String> addresses) {
        this.mqtt = mqtt;
        this.addresses = addresses;
        this.client = vertx.createNetClient(
                new NetClientOptions().setConnectTimeout(5_000).setTcpNoDelay(true));
    }

    public void mount(Router router) {
        router.get("/mqtt").handler(this::open);
    }

    private void open(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        try {
            check(request);
        } catch (RefusedException refused) {
            request.response().setStatusCode(refused.status).end(refused.reason() + "\n");
            return;
        }
        request.pause();
        Sender sender = new Sender(addresses.apply(request), Rights.of(routing));
        client.connect(mqtt.inside())
                .compose(inner -> {
                    SocketAddress ours = inner.localAddress();
                    mqtt.bridges().open(ours, sender);
                    inner.closeHandler(closed -> mqtt.bridges().close(ours));
                    return request.toWebSocket()
                            .onSuccess(outer -> join(outer, inner))
                            .onFailure(refused -> inner.close());
                })
                .onFailure(cause -> {
                    LOG.debug("MQTT over WebSocket: {}", cause.getMessage());
                    if (!request.response().ended() && !request.response().closed()) {
                        request.response().setStatusCode(503).end();
                    }
                });
    }

    private void check(HttpServerRequest request) throws RefusedException {
        if (mqtt.port() == 0) {
            throw new RefusedException(404, "not_found", "there is no MQTT here");
        }
        String upgrade = request.getHeader(HttpHeaders.UPGRADE);
        if (upgrade == null || !upgrade.equalsIgnoreCase("websocket")) {
            throw new RefusedException(426, "upgrade_required", "this is where WebSockets are opened");
        }
        String offered = String.valueOf(request.getHeader("Sec-WebSocket-Protocol"));
        if (Arrays.stream(offered.split(",")).noneMatch(each -> each.trim().equals(SUBPROTOCOL))) {
            throw new RefusedException(400, "bad_request", "the subprotocol is mqtt");
        }
    }

    /** What one side sends the other gets, no faster than it takes it; when one ends, both do. */
    private static void join(ServerWebSocket outer, NetSocket inner) {
        outer.frameHandler(frame -> {
            if (frame.isText()) {
                outer.close(NOT_BINARY, "control packets come in binary frames");
            }
        });
        outer.exceptionHandler(cause -> inner.close());
        inner.exceptionHandler(cause -> outer.close(WENT_WRONG));
        outer.pipe().endOnComplete(false).to(inner).onComplete(done -> inner.close());
        inner.pipe().endOnComplete(false).to(outer).onComplete(done -> {
            if (!outer.isClosed()) {
                outer.close();
            }
        });
    }
}
