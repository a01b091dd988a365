package io.tidepole.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OutboxTest {
    /** Stands for the network: lets so many flushes through. */
    private static final class Gate extends ChannelDuplexHandler {
        private int open;

        @Override
        public void flush(ChannelHandlerContext context) {
            if (open > 0) {
                open--;
                context.flush();
            }
        }
    }

    private final Gate gate = new Gate();
    private final List<Runnable> whenWritable = new ArrayList<>();
    private final EmbeddedChannel channel = new EmbeddedChannel(gate, new ChannelInboundHandlerAdapter() {
        @Override
        public void channelWritabilityChanged(ChannelHandlerContext context) {
            if (context.channel().isWritable()) {
                List<Runnable> actions = List.copyOf(whenWritable);
                whenWritable.clear();
                actions.forEach(Runnable::run);
                outbox.drain();
            }
        }
    });
    private final Outbox outbox = new Outbox(channel.pipeline().lastContext());

    private void answer(String text) {
        if (outbox.answer(text.getBytes(StandardCharsets.US_ASCII))) {
            outbox.flush();
        }
    }

    private List<String> written() {
        List<String> frames = new ArrayList<>();
        for (ByteBuf frame = channel.readOutbound(); frame != null; frame = channel.readOutbound()) {
            frames.add(frame.toString(StandardCharsets.US_ASCII));
            frame.release();
        }
        return frames;
    }

    @Test
    void answers_of_one_turn_need_one_flush_and_updates_do_not_overtake_them() {
        gate.open = 1;
        assertThat(outbox.answer(new byte[] {'a'})).isTrue();
        assertThat(outbox.answer(new byte[] {'b'})).isFalse();
        assertThat(outbox.write(Unpooled.wrappedBuffer(new byte[] {'c'}))).isFalse();
        assertThat(written()).isEmpty();

        outbox.flush();

        assertThat(written()).containsExactly("a", "b", "c");
        assertThat(outbox.answer(new byte[] {'d'})).isTrue();
    }

    @Test
    void answers_given_while_a_flush_makes_the_channel_writable_all_arrive_in_order() {
        channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(1, 1));
        whenWritable.add(() -> {
            answer("second");
            answer("third");
        });
        gate.open = 1;
        answer("first");
        assertThat(written()).containsExactly("first");
        assertThat(outbox.takesUpdates()).isFalse();
        gate.open = 10;
        channel.flush();
        assertThat(written()).containsExactly("second", "third");
        assertThat(outbox.takesUpdates()).isTrue();
    }
}
