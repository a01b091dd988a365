package io.tidepole.push;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/** The session of an event stream: nothing is heard there. */
@SuppressWarnings("FutureReturnValueIgnored") // failures of channel operations reach the channel's handlers
final class StreamHandler extends ChannelInboundHandlerAdapter {
    private final PushLoop loop;
    private final Shape shape;
    private @Nullable Session attached;

    StreamHandler(PushLoop loop, Shape shape) {
        this.loop = loop;
        this.shape = shape;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        attached = new Session(loop, loop.nextSession(), ctx, shape, Compression.NONE, true);
    }

    Session session() {
        if (attached == null) {
            throw new IllegalStateException("not in a pipeline yet");
        }
        return attached;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ReferenceCountUtil.release(message);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (ctx.channel().isWritable()) {
            session().writable();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        session().ended();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        VertxBridge.onShutdown(event, () -> loop.close(session()));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }
}
