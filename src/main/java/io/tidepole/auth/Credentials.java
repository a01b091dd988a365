package io.tidepole.auth;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What somebody shows to prove who they are.
 *
 * @param token an API token, a login or a JSON Web Token; empty for nothing. A secret: {@code toString} does not say it
 * @param address from where, for those who guess
 * @param certified whom a certificate stands for; a token counts before it
 */
public record Credentials(String token, String address, Optional<Principal> certified) {
    /** Nothing was shown. */
    public static final Credentials NONE = new Credentials("");

    /** The cookie of a login. */
    static final String COOKIE = "tidepole";

    /** The same where it only travels over TLS; browsers hold its name to that. */
    static final String SECURE_COOKIE = "__Host-tidepole";

    private static final int MOST_CHARACTERS = 8_192;

    /** A token alone. */
    public Credentials(String token) {
        this(token, "", Optional.empty());
    }

    /**
     * What a request shows: the first of {@code Authorization}, {@code ?token=} and its cookie.
     *
     * @param header the value of a header, null if there is none
     * @param uri of the request, with its query
     * @param cookies whether cookies count: not where another page may have made a browser send them
     */
    public static Credentials of(Function<String, @Nullable String> header, String uri, boolean cookies) {
        String token = Optional.ofNullable(header.apply("Authorization"))
                .map(Credentials::authorised)
                .or(() -> inQuery(uri))
                .or(() -> cookies ? inCookies(header.apply("Cookie")) : Optional.empty())
                .orElse("");
        return token.isEmpty() ? NONE : new Credentials(token);
    }

    /** The same, shown by somebody at this address, over a connection with such a certificate. */
    public Credentials from(String where, Optional<Principal> certificate) {
        return new Credentials(token, where, certificate);
    }

    /** Whether nothing was shown. */
    public boolean isEmpty() {
        return token.isEmpty() && certified.isEmpty();
    }

    /** {@code Token} is what clients of Influx say; {@code Basic} has the token as its password. */
    private static String authorised(String header) {
        int space = header.indexOf(' ');
        if (space < 0 || header.length() > MOST_CHARACTERS) {
            return "";
        }
        String value = header.substring(space + 1).trim();
        return switch (header.substring(0, space).toLowerCase(Locale.ROOT)) {
            case "bearer", "token" -> value;
            case "basic" -> password(value);
            default -> "";
        };
    }

    private static String password(String encoded) {
        try {
            String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
            return pair.substring(pair.indexOf(':') + 1);
        } catch (IllegalArgumentException malformed) {
            return "";
        }
    }

    private static Optional<String> inQuery(String uri) {
        int question = uri.indexOf('?');
        if (question < 0) {
            return Optional.empty();
        }
        for (String parameter : uri.substring(question + 1).split("&", -1)) {
            if (parameter.startsWith("token=")) {
                try {
                    return Optional.of(URLDecoder.decode(parameter.substring(6), StandardCharsets.UTF_8));
                } catch (IllegalArgumentException malformed) {
                    return Optional.of("");
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> inCookies(@Nullable String header) {
        String found = "";
        for (String cookie : header == null ? new String[0] : header.split(";", -1)) {
            String trimmed = cookie.trim();
            if (trimmed.startsWith(SECURE_COOKIE + "=")) {
                return Optional.of(trimmed.substring(SECURE_COOKIE.length() + 1));
            }
            if (trimmed.startsWith(COOKIE + "=")) {
                found = trimmed.substring(COOKIE.length() + 1);
            }
        }
        return found.isEmpty() ? Optional.empty() : Optional.of(found);
    }

    @Override
    public String toString() {
        return token.isEmpty() ? "nothing" : "a token";
    }
}
