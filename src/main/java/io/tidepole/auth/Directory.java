package io.tidepole.auth;

import io.tidepole.config.AuthConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows tokens, logins and JSON Web Tokens. The first two are looked up in memory; files that change are read again
 * within a second. A JSON Web Token is checked on a worker, and then known for a while.
 */
public final class Directory implements Authenticator {
    private static final Logger log = LoggerFactory.getLogger(Directory.class);
    private static final String JWT = "jwt:";
    private static final int MOST_KNOWN = 10_000;
    private static final long KNOWN_MILLIS = 300_000;

    private record Known(Principal principal, long untilMillis) {}

    private final AuthConfig config;
    private final Store store;
    private final LongSupplier clock;
    private final Brake brake;
    private final DeviceCertificates certificates;
    private final Work passwords;
    private final Work signatures;
    private final Optional<JwtVerifier> jwt;
    private final SecureRandom random = new SecureRandom();
    private final AtomicBoolean refreshing = new AtomicBoolean();
    private final Map<String, Known> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
            return size() > MOST_KNOWN;
        }
    };

    /**
     * Begins to know; reads files.
     *
     * @param data the folder for what is kept
     * @param clock milliseconds since the epoch
     * @param brake for those who show wrong tokens
     * @throws IllegalArgumentException if the keys of JSON Web Tokens cannot be read
     */
    public Directory(Vertx vertx, AuthConfig config, Path data, LongSupplier clock, Brake brake) {
        this.config = config;
        this.clock = clock;
        this.brake = brake;
        this.certificates = new DeviceCertificates(config.certificates());
        this.store = new Store(AuthConfig.folder(data));
        this.passwords = new Work(vertx, "passwords", 1, 8);
        this.signatures = new Work(vertx, "signatures", 2, 256);
        this.jwt = config.jwt().keys().isEmpty()
                ? Optional.empty()
                : Optional.of(JwtVerifier.of(config.jwt(), store::grantOf));
        store.refresh();
        if (store.isEmpty() && jwt.isEmpty() && config.oidc().issuer().isEmpty()) {
            log.warn("Nobody can come in yet: make a token with `token create`, or a person with `password set`.");
        }
        vertx.setPeriodic(1_000, timer -> refresh(vertx));
    }

    private void refresh(Vertx vertx) {
        if (refreshing.compareAndSet(false, true)) {
            vertx.executeBlocking(
                            () -> {
                                store.refresh();
                                return true;
                            },
                            false)
                    .onFailure(problem -> log.error("tokens cannot be read", problem))
                    .onComplete(done -> refreshing.set(false));
        }
    }

    @Override
    public boolean isRequired() {
        return true;
    }

    @Override
    public Future<Principal> authenticate(Credentials credentials) {
        if (credentials.isEmpty()) {
            return Future.failedFuture(NotAuthenticatedException.outdated("a token or a login is needed"));
        }
        String text = credentials.token();
        if (text.isEmpty()) {
            return certified(credentials);
        }
        if (Secret.idOf(text).isPresent()) {
            Optional<Entry> found = store.find(text);
            return found.map(Entry::principal)
                    .filter(this::isValid)
                    .map(Future::succeededFuture)
                    .orElseGet(() -> found.isPresent()
                            ? Future.failedFuture(NotAuthenticatedException.outdated("the token has expired"))
                            : guessed(credentials.address(), Directory::unknown));
        }
        return jwt.map(verifier -> signed(verifier, text, credentials.address()))
                .orElseGet(() -> guessed(credentials.address(), Directory::unknown));
    }

    private Future<Principal> certified(Credentials credentials) {
        return credentials
                .certified()
                .filter(this::isValid)
                .map(Future::succeededFuture)
                .orElseGet(
                        () -> Future.failedFuture(NotAuthenticatedException.outdated("the certificate has expired")));
    }

    @Override
    public Optional<Principal> certified(@Nullable SSLSession session) {
        return certificates.device(session);
    }

    private static Future<Principal> unknown() {
        return Future.failedFuture(new NotAuthenticatedException("the token is not known, or has expired"));
    }

    /**
     * Looks at what may be a guess, unless too many from there were wrong. A token that is good is found before it comes to
     * this, so that those who share an address with somebody who guesses are not locked out.
     */
    private Future<Principal> guessed(String address, Supplier<Future<Principal>> look) {
        long waitMillis = brake.waitMillis(address);
        return waitMillis > 0
                ? Future.failedFuture(NotAuthenticatedException.waiting(waitMillis))
                : look.get().onFailure(problem -> {
                    if (problem instanceof NotAuthenticatedException refused && refused.isGuess()) {
                        brake.failed(address);
                    }
                });
    }

    private Future<Principal> signed(JwtVerifier verifier, String text, String address) {
        String hash = Secret.hash(text);
        Known before = known(hash);
        return before != null && clock.getAsLong() < before.untilMillis && isValid(before.principal)
                ? Future.succeededFuture(before.principal)
                : guessed(address, () -> verified(verifier, text, hash));
    }

    private Future<Principal> verified(JwtVerifier verifier, String text, String hash) {
        return signatures.run(() -> {
            JwtVerifier.Person person = verifier.verify(text, clock.getAsLong());
            Principal principal = new Principal(
                    JWT + (person.roles().isEmpty() ? "" : store.rolesVersion()) + ":" + person.subject(),
                    person.name(),
                    person.grant(),
                    person.expiresAtMillis());
            remember(hash, principal);
            return principal;
        });
    }

    private @Nullable Known known(String hash) {
        synchronized (known) {
            return known.get(hash);
        }
    }

    private void remember(String hash, Principal principal) {
        synchronized (known) {
            known.put(hash, new Known(principal, clock.getAsLong() + KNOWN_MILLIS));
        }
    }

    @Override
    public boolean isValid(Principal principal) {
        if (clock.getAsLong() >= principal.expiresAtMillis()) {
            return false;
        }
        if (principal.id().startsWith(DeviceCertificates.ID)) {
            return true;
        }
        if (principal.id().startsWith(JWT)) {
            String version =
                    principal.id().substring(JWT.length(), principal.id().indexOf(':', JWT.length()));
            return version.isEmpty() || version.equals(String.valueOf(store.rolesVersion()));
        }
        return store.current(principal.id())
                .filter(entry -> entry.grant().equals(principal.grant()))
                .isPresent();
    }

    // ---- people

    /** A login of somebody from the password file; its text is for a cookie. */
    Future<Secret> login(String name, char[] password) {
        return passwords.run(() -> {
            Optional<Entry> person = store.person(name);
            boolean right = Passwords.matches(password, person.map(Entry::hash).orElse(Passwords.NOBODY));
            if (person.isEmpty() || !right) {
                throw new NotAuthenticatedException("the name or the password is wrong");
            }
            return open(name, person.get().grant(), name, List.of());
        });
    }

    /** A login of somebody whom another server knows. */
    Future<Secret> login(JwtVerifier.Person person, List<String> roles) {
        return passwords.run(() -> {
            Grant grant = store.grantOf(roles);
            if (grant.equals(Grant.NONE)) {
                throw new NotAuthenticatedException("you are known there, but have no role here");
            }
            return open(person.name(), grant, "", roles);
        });
    }

    private Secret open(String name, Grant grant, String person, List<String> roles) throws java.io.IOException {
        long now = clock.getAsLong();
        Secret secret = Secret.make(Secret.LOGIN, random);
        store.addLogin(
                new Entry(
                        secret.id(),
                        name,
                        Secret.hash(secret.text()),
                        grant,
                        person,
                        roles,
                        now,
                        now + config.session().toMillis()),
                now);
        return secret;
    }

    /** Ends a login; what is none is left as it is. */
    Future<Boolean> logout(Credentials shown) {
        Optional<Entry> login = shown.token().startsWith(Secret.LOGIN) ? store.find(shown.token()) : Optional.empty();
        return login.isEmpty()
                ? Future.succeededFuture(false)
                : signatures.run(() -> {
                    store.removeLogin(login.get().id());
                    return true;
                });
    }

    /** Runs what waits for other servers. */
    <T> Future<T> elsewhere(java.util.concurrent.Callable<T> task) {
        return signatures.run(task);
    }

    AuthConfig config() {
        return config;
    }

    long nowMillis() {
        return clock.getAsLong();
    }

    SecureRandom random() {
        return random;
    }
}
