package io.tidepole.auth;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where pages that use this server may come from: from itself, and from where it was told. Browsers say so in
 * {@code Origin} (RFC 6454), which is compared as a whole; tools and devices say nothing.
 */
public final class Origins {
    private static final Set<String> SCHEMES = Set.of("http", "https");

    private final Set<String> allowed;

    /** @param allowed origins beside the server's own */
    public Origins(List<String> allowed) {
        this.allowed = allowed.stream().map(Origins::normal).collect(Collectors.toUnmodifiableSet());
    }

    private static String normal(String origin) {
        return origin.toLowerCase(Locale.ROOT).replaceFirst("^(http://.*):80$|^(https://.*):443$", "$1$2");
    }

    /**
     * Whether a page from there may do this.
     *
     * @param origin as the browser sent it; null if it sent none
     * @param host of the request, with its port
     */
    public boolean allows(@Nullable String origin, @Nullable String host) {
        return origin == null || isNamed(origin) || isOwn(origin, host);
    }

    /** Whether the origin is one of those that the server was told of. */
    public boolean isNamed(String origin) {
        return allowed.contains(normal(origin));
    }

    /** A proxy before us may speak TLS, so either scheme is ours. */
    private static boolean isOwn(String origin, @Nullable String host) {
        String said = normal(origin);
        return host != null && SCHEMES.stream().anyMatch(scheme -> said.equals(normal(scheme + "://" + host)));
    }
}
