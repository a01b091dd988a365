package io.tidepole.push;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandler;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.core.net.impl.ShutdownEvent;
import io.vertx.core.net.impl.VertxHandler;
import java.util.Map;

/**
 * All that touches Vert.x's own classes: taking a channel from its HTTP server after a handshake. Measured, a viewer
 * that keeps Vert.x's connection costs 14 KB of live heap, of which 8 KB are two queues that it never uses. The channel
 * stays on its event loop and in the server's channel group, so shutting the server down reaches it as before.
 */
final class VertxBridge {
    private static final String DECODER = "httpDecoder";

    private VertxBridge() {}

    /** The channel of a connection. */
    static Channel channel(HttpConnection connection) {
        return ((ConnectionBase) connection).channelHandlerContext().channel();
    }

    /** Puts one handler before the HTTP decoder and one before Vert.x's; false if the connection is not HTTP/1. */
    static boolean add(HttpConnection connection, ChannelHandler beforeDecoder, ChannelHandler beforeVertx) {
        ChannelHandlerContext own = ((ConnectionBase) connection).channelHandlerContext();
        if (!(own.handler() instanceof VertxHandler<?>)) {
            return false;
        }
        own.pipeline().addBefore(DECODER, "tidepole-doorkeeper", beforeDecoder);
        own.pipeline().addBefore(own.name(), "tidepole-upgrade", beforeVertx);
        return true;
    }

    /** Writes bytes past the HTTP encoder: from the decoder's place, which is the first after TLS. */
    static ChannelFuture writeRaw(ChannelHandlerContext ctx, ByteBuf bytes) {
        return ctx.pipeline().context(DECODER).writeAndFlush(bytes);
    }

    /**
     * Takes the channel: Vert.x is told that its connection has ended, and its handlers are replaced by ours, but for the
     * HTTP decoder, which may hold bytes that came with the request: see {@link #letThrough}.
     */
    static void takeOver(ChannelHandlerContext ctx, ChannelHandler... ours) throws Exception {
        ChannelPipeline pipeline = ctx.pipeline();
        ChannelHandlerContext vertx = pipeline.context(VertxHandler.class);
        ((VertxHandler<?>) vertx.handler()).channelInactive(vertx);
        pipeline.remove(vertx.handler());
        pipeline.addLast(ours);
        java.util.Set<ChannelHandler> keep = java.util.Set.of(ours);
        for (Map.Entry<String, ChannelHandler> entry : pipeline.toMap().entrySet()) {
            boolean stays = entry.getKey().equals(DECODER) || entry.getValue() instanceof SslHandler;
            if (!stays && !keep.contains(entry.getValue())) {
                pipeline.remove(entry.getValue());
            }
        }
    }

    /** Once the request is answered: what came with it goes to the first of our handlers. */
    static void letThrough(ChannelHandlerContext ours) {
        ours.pipeline().remove(DECODER);
    }

    /** Runs the action if the event says that the server shuts down. */
    static void onShutdown(Object event, Runnable action) {
        if (event instanceof ShutdownEvent) {
            action.run();
        }
    }
}
