package io.tidepole.push;

import io.netty.channel.Channel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.epoll.EpollTcpInfo;
import io.netty.channel.uring.IoUringChannelOption;
import io.netty.channel.uring.IoUringSocketChannel;
import io.tidepole.config.PushConfig;

/**
 * What a viewer's socket is set to, and what its kernel says of it. Only the native transports know the options below;
 * on NIO they are left out, and a dead peer is found by its silence.
 */
final class SocketOptions {
    /** No pong and nothing else for so long: gone, where the kernel does not tell. */
    private static final long SILENT_MILLIS = 60_000;
    /** Data unacknowledged for so long: gone. */
    private static final long UNACKNOWLEDGED_MILLIS = 10_000;

    private final WriteBufferWaterMark marks;
    private final long notSentLowWater;
    private final int userTimeoutMillis;
    private final EpollTcpInfo info = new EpollTcpInfo();

    SocketOptions(PushConfig settings) {
        int high = (int) settings.highWaterBytes();
        this.marks = new WriteBufferWaterMark(high / 2, high);
        this.notSentLowWater = settings.notSentLowWaterBytes();
        // The kernel gives up later than we do: a peer that takes nothing is ours to judge.
        this.userTimeoutMillis = Math.toIntExact(settings.closeAfter().toMillis() + 15_000);
    }

    void apply(Channel channel) {
        channel.config().setWriteBufferWaterMark(marks);
        if (channel instanceof EpollSocketChannel epoll) {
            epoll.config().setOption(EpollChannelOption.TCP_NOTSENT_LOWAT, notSentLowWater);
            epoll.config().setOption(EpollChannelOption.TCP_USER_TIMEOUT, userTimeoutMillis);
        } else if (channel instanceof IoUringSocketChannel uring) {
            uring.config().setOption(IoUringChannelOption.TCP_NOTSENT_LOWAT, notSentLowWater);
            uring.config().setOption(IoUringChannelOption.TCP_USER_TIMEOUT, userTimeoutMillis);
        }
    }

    /**
     * Whether the peer is gone rather than slow: its kernel does not acknowledge what we sent.
     *
     * @param speaks whether it answers pings; one that does not is found dead where the kernel tells, or by its writes
     * @param silentMillis since anything was heard of it
     */
    boolean isDead(Channel channel, boolean speaks, long silentMillis) {
        if (channel instanceof EpollSocketChannel epoll && epoll.isActive()) {
            epoll.tcpInfo(info);
            return info.unacked() > 0
                    && info.lastAckRecv() > UNACKNOWLEDGED_MILLIS
                    && silentMillis > UNACKNOWLEDGED_MILLIS;
        }
        return speaks && channel.isWritable() && silentMillis > SILENT_MILLIS;
    }
}
