package io.tidepole.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.EventExecutor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** All viewers: opens them, makes some of them slow, and lets some reconnect. */
@SuppressWarnings("FutureReturnValueIgnored") // failures of channel operations reach the viewer
final class Fleet implements AutoCloseable {
    private static final int RECEIVE_BYTES = 64 << 10;
    private static final int SIPS_PER_SECOND = 10;

    private final Options options;
    private final boolean epoll = Epoll.isAvailable();
    private final EventLoopGroup group;
    private final List<ViewerLoop> loops = new ArrayList<>();
    private final double checkedShare;
    private int opened;
    private int readers;

    Fleet(Options options, FeedClock clock) {
        this.options = options;
        checkedShare = options.crowd().samplePercent() / 100;
        group = new MultiThreadIoEventLoopGroup(
                options.crowd().loops(), epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        for (EventExecutor executor : group) {
            loops.add(new ViewerLoop((io.netty.channel.EventLoop) executor, clock, options));
        }
        int period = 1000 / SIPS_PER_SECOND;
        if (options.laggards().slow() > 0) {
            onEach(loop ->
                    loop.eventLoop().scheduleAtFixedRate(() -> sip(loop), period, period, TimeUnit.MILLISECONDS));
        }
    }

    private static void sip(ViewerLoop loop) {
        for (Viewer viewer : List.copyOf(loop.viewers())) {
            if (viewer.role() == Role.SLOW) {
                viewer.sip();
            }
        }
    }

    /** Opens one more viewer. Readers are looked into evenly, since the last of a round waits longest. */
    void open(Role wanted) {
        Role role = wanted;
        if (wanted == Role.READER) {
            readers++;
            boolean checked = (readers == 1 && checkedShare > 0)
                    || Math.floor(readers * checkedShare) > Math.floor((readers - 1) * checkedShare);
            role = checked ? Role.CHECKED : Role.READER;
        }
        open(role, loops.get(opened % loops.size()), opened++);
    }

    private void open(Role role, ViewerLoop loop, int number) {
        InetSocketAddress server = new InetSocketAddress(
                options.target().address(), options.target().port());
        Viewer viewer = new Viewer(role, loop);
        ChannelFuture connecting = bootstrap(role, loop, viewer).connect(server, source(number));
        connecting.addListener(done -> {
            if (!done.isSuccess()) {
                viewer.fail("cannot connect: " + done.cause().getMessage());
            }
        });
    }

    private Bootstrap bootstrap(Role role, ViewerLoop loop, Viewer viewer) {
        Class<? extends Channel> kind = epoll ? EpollSocketChannel.class : NioSocketChannel.class;
        Bootstrap bootstrap = new Bootstrap()
                .group(loop.eventLoop())
                .channel(kind)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(RECEIVE_BYTES))
                .handler(viewer);
        if (epoll) {
            bootstrap.option(EpollChannelOption.IP_BIND_ADDRESS_NO_PORT, true);
        }
        if (!role.keepsUp()) {
            bootstrap.option(ChannelOption.SO_RCVBUF, options.laggards().receiveBufferBytes());
        }
        if (role == Role.SLOW) {
            int sipBytes = Math.max(1, options.laggards().slowBytesPerSecond() / SIPS_PER_SECOND);
            bootstrap.option(
                    ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(sipBytes).maxMessagesPerRead(1));
        }
        return bootstrap;
    }

    /** One source address has too few ports for a large crowd; 127.0.0.0/8 has as many addresses as we need. */
    private @Nullable InetSocketAddress source(int number) {
        if (!options.target().address().isLoopbackAddress()
                || options.target().address().getAddress().length != 4) {
            return null;
        }
        int host = 1 + number / Options.PORTS_PER_ADDRESS % 250;
        try {
            return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) host}), 0);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Lets this many readers leave, the oldest first, and opens as many; for each loop its part. */
    void churn(int count) {
        for (int i = 0; i < loops.size(); i++) {
            ViewerLoop loop = loops.get(i);
            int part = count / loops.size() + (i < count % loops.size() ? 1 : 0);
            loop.eventLoop().execute(() -> churn(loop, part));
        }
    }

    private void churn(ViewerLoop loop, int count) {
        List<Viewer> oldest = loop.viewers().stream()
                .filter(viewer -> viewer.role().keepsUp())
                .limit(count)
                .toList();
        for (Viewer viewer : oldest) {
            viewer.leave();
            open(viewer.role(), loop, 0);
        }
    }

    /** Those that pause stop reading, or read again. */
    void pausing(boolean reading) {
        forAll(viewer -> {
            if (viewer.role() == Role.PAUSING) {
                viewer.reading(reading);
            }
        });
    }

    /** Does this with each viewer, on its own thread, and waits. */
    void forAll(Consumer<Viewer> action) {
        onEach(loop -> List.copyOf(loop.viewers()).forEach(action));
    }

    void restartTimes() {
        onEach(ViewerLoop::restartTimes);
    }

    private void onEach(Consumer<ViewerLoop> action) {
        for (ViewerLoop loop : loops) {
            loop.eventLoop().submit(() -> action.accept(loop)).syncUninterruptibly();
        }
    }

    /** The tallies of all loops, added up. */
    Tally tally() {
        Tally all = new Tally();
        for (ViewerLoop loop : loops) {
            all.add(loop.eventLoop()
                    .submit(loop::snapshot)
                    .syncUninterruptibly()
                    .getNow());
        }
        return all;
    }

    @Override
    public void close() {
        onEach(loop -> List.copyOf(loop.viewers()).forEach(Viewer::leave));
        group.shutdownGracefully(50, 2000, TimeUnit.MILLISECONDS).syncUninterruptibly();
    }
}
