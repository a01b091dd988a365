package io.tidepole.guard;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import io.tidepole.config.ConnectionsConfig;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** Who may connect. One for a server; safe for any thread. */
public final class Gate {
    private static final AttributeKey<String> ADDRESS = AttributeKey.valueOf("tidepole.address");

    private final ConnectionsConfig settings;
    private final Census census;
    private final Census knocking;
    private final Proxies proxies;
    private final LongSupplier nowMillis;
    private final Throttle accepting;

    public Gate(ConnectionsConfig settings, LongSupplier nowMillis) {
        this.settings = settings;
        this.census = new Census(settings.max(), settings.perAddress());
        this.knocking = new Census(settings.max(), settings.perAddress());
        this.proxies = new Proxies(settings);
        this.nowMillis = nowMillis;
        this.accepting = new Throttle(settings.acceptRate(), nowMillis.getAsLong());
    }

    /** From which address a channel comes, as far as is known and believed; empty if that was not said. */
    public static String address(Channel channel) {
        String address = channel.attr(ADDRESS).get();
        return address == null ? "" : address;
    }

    /** Says from which address it comes. */
    public static void setAddress(Channel channel, String address) {
        channel.attr(ADDRESS).set(address);
    }

    /** The address at the other end of the socket itself: that of a proxy, if one stands there. */
    public static String peer(Channel channel) {
        return channel.remoteAddress() instanceof InetSocketAddress remote
                ? remote.getAddress().getHostAddress()
                : "";
    }

    /** For one connection that was accepted. */
    public Doorkeeper doorkeeper() {
        return new Doorkeeper(this);
    }

    /** Who asks, behind trusted proxies too: the peer's address and a way to read headers by name. */
    public String client(String peer, Function<String, List<String>> headers) {
        return proxies.client(peer, headers);
    }

    /** Whether that peer is a trusted proxy, and says that its client speaks TLS. */
    public boolean saysSecure(String peer, Function<String, List<String>> headers) {
        return proxies.saysSecure(peer, headers);
    }

    /** Whether this is a proxy that we were told of. */
    public boolean trusts(String peer) {
        return proxies.trusts(peer);
    }

    /** 0 if one more viewer may connect now, or the milliseconds after which to try again. */
    public synchronized long viewerWaitMillis() {
        return accepting.take(nowMillis.getAsLong());
    }

    /** One more connection of this address that is not HTTP, if it has room. */
    public boolean enter(String address) {
        return census.enter(address);
    }

    /** It is gone. */
    public void leave(String address) {
        census.leave(address);
    }

    /** One more of this address that is not HTTP and has not said yet who it is; as many may be so as be connected. */
    public boolean knock(String address) {
        if (!knocking.enter()) {
            return false;
        }
        if (knocking.enter(address)) {
            return true;
        }
        knocking.leave();
        return false;
    }

    /** It has said so, or is gone. */
    public void knocked(String address) {
        knocking.leave();
        knocking.leave(address);
    }

    /** Connections over HTTP, viewers among them. */
    public int connections() {
        return census.size();
    }

    Census census() {
        return census;
    }

    public ConnectionsConfig settings() {
        return settings;
    }
}
