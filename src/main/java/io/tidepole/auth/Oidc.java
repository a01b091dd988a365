package io.tidepole.auth;

import com.nimbusds.jose.util.JSONObjectUtils;
import io.tidepole.config.AuthConfig;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.text.ParseException;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * People who log in at an OpenID provider: authorisation code with PKCE (OpenID Connect Core, section 3.1; RFC 7636).
 * Waits for that provider: not for event loops.
 */
final class Oidc {
    private static final int MOST_UNDER_WAY = 5_000;
    private static final long PATIENCE_MILLIS = 600_000;
    private static final long DISCOVERED_MILLIS = 600_000;
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final AuthConfig.Oidc settings;
    private final AuthConfig.Jwt claims;
    private final SecureRandom random;
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final Map<String, Attempt> underWay = new LinkedHashMap<>();
    private @Nullable Provider discovered;

    /** What is known of the provider. */
    private record Provider(
            String authorise, String token, JwtVerifier verifier, boolean namesItself, long untilMillis) {}

    /** A login that has begun. */
    private record Attempt(String nonce, String verifier, String redirect, String next, long untilMillis) {}

    /** Where the browser goes; the state is for a cookie that it brings back. */
    record Departure(String address, String state) {}

    /** Who came back, and where they wanted to go. */
    record Return(JwtVerifier.Person person, String next) {}

    Oidc(AuthConfig config, SecureRandom random) {
        this.settings = config.oidc();
        this.claims = config.jwt();
        this.random = random;
    }

    boolean isConfigured() {
        return !settings.issuer().isEmpty();
    }

    /** Begins a login; the redirect is our own address to come back to. */
    Departure depart(String redirect, String next, long nowMillis) throws IOException, NotAuthenticatedException {
        Provider provider = provider(nowMillis);
        String state = Secret.text(random);
        Attempt attempt =
                new Attempt(Secret.text(random), Secret.text(random), redirect, next, nowMillis + PATIENCE_MILLIS);
        remember(state, attempt, nowMillis);
        Map<String, String> query = new LinkedHashMap<>();
        query.put("response_type", "code");
        query.put("client_id", settings.clientId());
        query.put("redirect_uri", redirect);
        query.put("scope", settings.scopes());
        query.put("state", state);
        query.put("nonce", attempt.nonce);
        query.put("code_challenge", challenge(attempt.verifier));
        query.put("code_challenge_method", "S256");
        return new Departure(provider.authorise + (provider.authorise.contains("?") ? "&" : "?") + form(query), state);
    }

    private synchronized void remember(String state, Attempt attempt, long nowMillis) {
        underWay.values().removeIf(old -> old.untilMillis <= nowMillis);
        if (underWay.size() >= MOST_UNDER_WAY) {
            underWay.remove(underWay.keySet().iterator().next());
        }
        underWay.put(state, attempt);
    }

    private synchronized Optional<Attempt> take(String state, long nowMillis) {
        return Optional.ofNullable(underWay.remove(state)).filter(attempt -> attempt.untilMillis > nowMillis);
    }

    static String challenge(String verifier) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Secret.sha256(verifier));
    }

    /**
     * Ends a login.
     *
     * @param query what the provider sent the browser back with
     * @param cookie the state as this browser has it: another browser's login is not finished here
     */
    Return arrive(Map<String, String> query, String cookie, long nowMillis)
            throws IOException, NotAuthenticatedException {
        String state = query.getOrDefault("state", "");
        if (state.isEmpty() || !Secret.same(state, cookie)) {
            throw new NotAuthenticatedException("this login was not begun in this browser, or too long ago");
        }
        Attempt attempt = take(state, nowMillis)
                .orElseThrow(() -> new NotAuthenticatedException("this login is over; begin again"));
        Provider provider = provider(nowMillis);
        String code = query.getOrDefault("code", "");
        if (code.isEmpty()) {
            throw new NotAuthenticatedException("the provider let nobody in");
        }
        // RFC 9207: an answer of another provider is none.
        String issuer = query.get("iss");
        if (issuer == null ? provider.namesItself : !issuer.equals(settings.issuer())) {
            throw new NotAuthenticatedException("the answer is another provider's");
        }
        JwtVerifier.Person person = provider.verifier.verify(idToken(provider, attempt, code), nowMillis);
        if (!Secret.same(person.nonce(), attempt.nonce)) {
            throw new NotAuthenticatedException("the answer is to another login");
        }
        return new Return(person, attempt.next);
    }

    private String idToken(Provider provider, Attempt attempt, String code)
            throws IOException, NotAuthenticatedException {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("code", code);
        form.put("redirect_uri", attempt.redirect);
        form.put("code_verifier", attempt.verifier);
        form.put("client_id", settings.clientId());
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(provider.token))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "application/json");
        if (!settings.secretFile().isEmpty()) {
            request.header("Authorization", "Basic " + basic());
        }
        Map<String, Object> answer = ask(
                request.POST(HttpRequest.BodyPublishers.ofString(form(form))).build());
        if (answer.get("id_token") instanceof String token) {
            return token;
        }
        throw new NotAuthenticatedException("the provider did not say who it was");
    }

    /** Section 2.3.1 of RFC 6749: both are encoded as in a form first. */
    private String basic() throws IOException {
        String secret = Files.readString(Path.of(settings.secretFile())).trim();
        String pair = encoded(settings.clientId()) + ":" + encoded(secret);
        return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private synchronized Provider provider(long nowMillis) throws IOException, NotAuthenticatedException {
        Provider known = discovered;
        if (known != null && nowMillis < known.untilMillis) {
            return known;
        }
        String address = settings.issuer().replaceAll("/$", "") + "/.well-known/openid-configuration";
        Map<String, Object> said =
                ask(HttpRequest.newBuilder(URI.create(address)).timeout(TIMEOUT).build());
        if (!settings.issuer().equals(said.get("issuer"))) {
            throw new NotAuthenticatedException("auth.oidc_issuer is not what the provider calls itself");
        }
        AuthConfig.Jwt checks = new AuthConfig.Jwt(
                "", settings.issuer(), settings.clientId(), claims.leeway(), claims.claim(), claims.rolesClaim());
        Provider provider = new Provider(
                text(said, "authorization_endpoint"),
                text(said, "token_endpoint"),
                new JwtVerifier(JwtKeys.published(text(said, "jwks_uri")), checks, names -> Grant.NONE),
                Boolean.TRUE.equals(said.get("authorization_response_iss_parameter_supported")),
                nowMillis + DISCOVERED_MILLIS);
        discovered = provider;
        return provider;
    }

    private static String text(Map<String, Object> said, String name) throws IOException {
        if (said.get(name) instanceof String text) {
            return text;
        }
        throw new IOException("the provider does not say its " + name);
    }

    private Map<String, Object> ask(HttpRequest request) throws IOException, NotAuthenticatedException {
        try {
            HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                String text = new String(body.readNBytes(JwtKeys.MOST_BYTES), StandardCharsets.UTF_8);
                if (response.statusCode() != 200) {
                    throw new NotAuthenticatedException("the provider answered " + response.statusCode());
                }
                return JSONObjectUtils.parse(text);
            }
        } catch (ParseException e) {
            throw new IOException("the provider's answer cannot be read", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** The roles of somebody, with the one that everybody has. */
    List<String> roles(JwtVerifier.Person person) {
        List<String> roles = new java.util.ArrayList<>(person.roles());
        if (!settings.role().isEmpty() && !roles.contains(settings.role())) {
            roles.add(settings.role());
        }
        return roles;
    }
}
