package io.tidepole.push;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.Socket;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;

/**
 * Hands shared bytes straight to the kernel, past Netty's outbound buffer. For one small buffer that goes to thousands
 * of sockets, its duplicate, its entry in the buffer and the walk through the pipeline are a fifth of what a delivery
 * costs outside the kernel (measured once, a pair of runs: 3.9 and 3.1 µs).
 * Only on the channel's event loop, only while nothing waits in the channel, and only with epoll and without TLS.
 */
final class DirectWrite {
    private DirectWrite() {}

    /** Whether a channel can be written to this way. */
    static boolean suits(ChannelHandlerContext channel) {
        return channel.channel() instanceof EpollSocketChannel
                && channel.pipeline().get(SslHandler.class) == null;
    }

    /**
     * Writes as much as the kernel takes, and says how much that is. After an error it is nothing: the ordinary way
     * meets the same error, and closes the channel.
     */
    static int write(ChannelHandlerContext channel, ByteBuf bytes) {
        EpollSocketChannel epoll = (EpollSocketChannel) channel.channel();
        if (!epoll.isActive() || !bytes.hasMemoryAddress()) {
            return 0;
        }
        try {
            return ((Socket) epoll.fd()).sendAddress(bytes.memoryAddress(), bytes.readerIndex(), bytes.writerIndex());
        } catch (IOException e) {
            return 0;
        }
    }
}
