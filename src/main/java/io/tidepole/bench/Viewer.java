package io.tidepole.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;

/**
 * One connection. It reads whole messages until its subscription is answered; after that, most viewers only count.
 */
@SuppressWarnings("FutureReturnValueIgnored") // failures of channel operations reach this handler
final class Viewer extends ChannelInboundHandlerAdapter implements FrameScanner.Sink {
    private static final int CONTROL = 0x8;

    private final Role role;
    private final ViewerLoop loop;
    private final FrameScanner scanner = new FrameScanner(this);
    private @Nullable Handshake handshake = new Handshake();
    private @Nullable MessageReader reader = new MessageReader();
    private @Nullable MessageReader control;
    private final @Nullable Inspector inspector;
    private @Nullable Channel channel;
    private boolean inControl;
    private boolean live;
    private boolean leaving;
    private boolean over;
    private long messages;

    Viewer(Role role, ViewerLoop loop) {
        this.role = role;
        this.loop = loop;
        inspector = role.checks() ? loop.newInspector(role) : null;
    }

    Role role() {
        return role;
    }

    boolean live() {
        return live;
    }

    /** Messages since the subscription was answered. */
    long messages() {
        return messages;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        channel = context.channel();
        send(loop.upgradeRequest());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        try {
            if (role.keepsUp()) {
                loop.tally().bytes += bytes.readableBytes();
            }
            while (handshake != null && bytes.isReadable()) {
                if (handshake.accept(bytes.readByte())) {
                    upgraded(handshake);
                    handshake = null;
                }
            }
            scanner.scan(bytes);
        } catch (IllegalStateException e) {
            fail(String.valueOf(e.getMessage()));
        } finally {
            bytes.release();
        }
    }

    private void upgraded(Handshake answer) {
        if (!answer.upgraded()) {
            throw new IllegalStateException("upgrade refused: " + answer.statusLine());
        }
        if (!answer.deflates() && loop.offersDeflate()) {
            loop.tally().refusedDeflate++;
        }
        send(loop.subscribeRequest());
    }

    @Override
    public void begin(int first) {
        inControl = (first & CONTROL) != 0;
        if (inControl) {
            control = new MessageReader();
            control.begin(first);
        } else if (reader != null) {
            reader.begin(first);
        }
    }

    @Override
    public void payload(ByteBuf source, int index, int length) {
        MessageReader taker = inControl ? control : reader;
        if (taker != null) {
            taker.append(source, index, length);
        }
    }

    @Override
    public void end(int first) {
        if (inControl) {
            control(first & FrameScanner.OPCODE);
        } else if ((first & FrameScanner.FIN) != 0) {
            message();
        }
    }

    private void control(int opcode) {
        byte[] payload = control == null ? new byte[0] : control.wire();
        control = null;
        if (opcode == FrameScanner.PING) {
            send(ClientFrames.pong(payload));
        } else if (opcode == FrameScanner.CLOSE && !leaving) {
            int code = payload.length < 2 ? 1005 : ((payload[0] & 0xFF) << 8) | (payload[1] & 0xFF);
            fail("closed by the server with " + code);
        }
    }

    private void message() {
        Tally tally = loop.tally();
        if (live) {
            messages++;
            if (role.keepsUp()) {
                tally.deliveries++;
            } else {
                tally.laggardDeliveries++;
            }
        }
        if (reader == null) {
            return;
        }
        Message message = loop.message();
        try {
            reader.finish();
            message.parse(reader.text(), reader.textSize());
        } catch (DataFormatException | IOException | IllegalArgumentException e) {
            tally.wrong++;
            throw new IllegalStateException("unreadable: " + e.getMessage());
        }
        look(message, tally);
    }

    private void look(Message message, Tally tally) {
        if (message.type.equals("error")) {
            throw new IllegalStateException("error from the server: " + message.error);
        }
        if (inspector != null) {
            inspector.accept(message, System.nanoTime());
            tally.checked++;
            tally.inflatedBytes += reader == null ? 0 : reader.textSize();
        }
        if (message.type.equals("subscribed") && !message.more && !live) {
            subscribed();
        }
    }

    private void subscribed() {
        live = true;
        loop.subscribed(this);
        if (reader != null && inspector == null) {
            reader.close();
            reader = null;
        }
        if (channel != null && (role == Role.STALLED || role == Role.SLOW)) {
            channel.config().setAutoRead(false);
        }
    }

    /** Reads on, or stops; what the network holds meanwhile is the server's trouble. */
    void reading(boolean yes) {
        if (channel == null) {
            return;
        }
        channel.config().setAutoRead(yes);
        if (yes && inspector != null) {
            inspector.resume(System.nanoTime());
        }
    }

    /** Reads once, for the slow. */
    void sip() {
        if (channel != null) {
            channel.read();
        }
    }

    void send(byte[] bytes) {
        if (channel != null) {
            channel.writeAndFlush(Unpooled.wrappedBuffer(bytes), channel.voidPromise());
        }
    }

    /** Says goodbye and closes; not counted as a failure. */
    void leave() {
        leaving = true;
        if (channel != null) {
            channel.writeAndFlush(Unpooled.wrappedBuffer(ClientFrames.close(1000)))
                    .addListener(ChannelFutureListener.CLOSE);
        }
    }

    /** Could not connect, was closed, or sent what must not be. */
    void fail(String why) {
        if (!leaving && !over) {
            loop.tally().trouble(why);
        }
        end();
        if (channel != null) {
            channel.close();
        }
    }

    private void end() {
        if (over) {
            return;
        }
        over = true;
        if (reader != null) {
            reader.close();
        }
        loop.ended(this, live, leaving);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        fail("connection closed without a close frame");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        fail(String.valueOf(cause.getMessage()));
    }
}
