package io.tidepole.guard;

import io.tidepole.config.ConnectionsConfig;
import io.tidepole.config.ConnectionsConfig.ForwardedHeader;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Proxies in front of the server, and for whom they ask. Each proxy adds the address that it saw at the end of the
 * header, so it is read from the right, and only as far as those who wrote it are trusted.
 */
final class Proxies {
    private static final int MAX_HOPS = 16;
    private static final Pattern FOR = Pattern.compile("(?i)(?:^|;)\\s*for=(?:\"([^\"]*)\"|([^;\\s]*))");
    private static final Pattern SECURE = Pattern.compile("(?i)(?:^|;)\\s*proto=\"?(?:https|wss)\"?\\s*(?:;|$)");
    private static final Pattern WITH_PORT = Pattern.compile("\\[([^\\]]*)\\](?::\\d+)?|([0-9.]+)(?::\\d+)?");

    private final List<Network> trusted;
    private final ForwardedHeader header;

    Proxies(ConnectionsConfig settings) {
        this.trusted = settings.proxies().stream().map(Network::parse).toList();
        this.header = settings.forwardedHeader();
    }

    boolean trusts(String address) {
        return !trusted.isEmpty()
                && Network.address(address).filter(this::trusts).isPresent();
    }

    private boolean trusts(InetAddress address) {
        return trusted.stream().anyMatch(network -> network.contains(address));
    }

    /** Who asks: the peer, or whom the trusted proxies name. */
    String client(String peer, Function<String, List<String>> headers) {
        if (!trusts(peer)) {
            return peer;
        }
        String name = header == ForwardedHeader.FORWARDED ? "Forwarded" : "X-Forwarded-For";
        String[] hops = String.join(",", headers.apply(name)).split(",");
        String client = peer;
        for (int i = hops.length - 1; i >= 0 && i > hops.length - 1 - MAX_HOPS; i--) {
            Optional<InetAddress> hop = address(hops[i].trim());
            if (hop.isEmpty()) {
                return client;
            }
            client = hop.get().getHostAddress();
            if (!trusts(hop.get())) {
                return client;
            }
        }
        return client;
    }

    /** Whether the nearest proxy that says anything of it was asked over TLS. */
    boolean saysSecure(String peer, Function<String, List<String>> headers) {
        if (!trusts(peer)) {
            return false;
        }
        String name = header == ForwardedHeader.FORWARDED ? "Forwarded" : "X-Forwarded-Proto";
        String[] hops = String.join(",", headers.apply(name)).split(",");
        String last = hops[hops.length - 1].trim();
        return header == ForwardedHeader.FORWARDED
                ? SECURE.matcher(last).find()
                : last.equalsIgnoreCase("https") || last.equalsIgnoreCase("wss");
    }

    private Optional<InetAddress> address(String hop) {
        String text = hop;
        if (header == ForwardedHeader.FORWARDED) {
            Matcher found = FOR.matcher(hop);
            if (!found.find()) {
                return Optional.empty();
            }
            text = found.group(1) == null ? found.group(2) : found.group(1);
        }
        Matcher port = WITH_PORT.matcher(text);
        if (port.matches()) {
            text = port.group(1) == null ? port.group(2) : port.group(1);
        }
        return Network.address(text);
    }
}
