package io.tidepole.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import io.tidepole.config.AuthConfig;
import io.tidepole.metric.SeriesKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens that are good, and tokens that are made up. */
final class JwtVerifierTest {
    private static final long NOW = 1_800_000_000_000L;
    private static final byte[] SECRET = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;

    private AuthConfig.Jwt settings(String keys) {
        return new AuthConfig.Jwt(keys, "issuer", "tidepole", Duration.ofSeconds(30), "tidepole", "groups");
    }

    private JwtVerifier verifier(byte[] keys) throws IOException {
        Path file = folder.resolve("keys");
        Files.write(file, keys);
        return JwtVerifier.of(settings(file.toString()), names -> names.contains("ops") ? Grant.ALL : Grant.NONE);
    }

    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .subject("ada")
                .issuer("issuer")
                .audience("tidepole")
                .expirationTime(at(60_000))
                .claim("tidepole", Map.of("read", List.of("cpu_usage"), "write", List.of("sensor-*")));
    }

    private static Date at(long afterMillis) {
        return Date.from(Instant.ofEpochMilli(NOW + afterMillis));
    }

    private static String signed(JWTClaimsSet.Builder claims, JWSAlgorithm algorithm, JWSSigner signer)
            throws JOSEException {
        SignedJWT token = new SignedJWT(new JWSHeader(algorithm), claims.build());
        token.sign(signer);
        return token.serialize();
    }

    private static String signed(JWTClaimsSet.Builder claims) throws JOSEException {
        return signed(claims, JWSAlgorithm.HS256, new MACSigner(SECRET));
    }

    private static void refused(JwtVerifier verifier, String token) {
        assertThatThrownBy(() -> verifier.verify(token, NOW))
                .isInstanceOfSatisfying(NotAuthenticatedException.class, refused -> assertThat(refused.getMessage())
                        .doesNotContain(token));
    }

    private static byte[] pem(byte[] key) {
        return ("-----BEGIN PUBLIC KEY-----\n"
                        + Base64.getMimeEncoder().encodeToString(key)
                        + "\n-----END PUBLIC KEY-----\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static KeyPair pair(String algorithm) throws Exception {
        return KeyPairGenerator.getInstance(algorithm).generateKeyPair();
    }

    @Test
    void token_with_a_shared_secret_grants_what_it_says() throws Exception {
        JwtVerifier.Person person = verifier(SECRET).verify(signed(claims()), NOW);

        assertThat(person.subject()).isEqualTo("ada");
        assertThat(person.grant().read().test(SeriesKey.of("cpu_usage", Map.of())))
                .isTrue();
        assertThat(person.grant().read().test(SeriesKey.of("memory", Map.of()))).isFalse();
        assertThat(person.grant().write().test("sensor-9")).isTrue();
        assertThat(person.expiresAtMillis()).isEqualTo(NOW + 90_000);
    }

    @Test
    void roles_add_what_is_defined_here() throws Exception {
        JwtVerifier.Person person =
                verifier(SECRET).verify(signed(claims().claim("groups", List.of("ops", "other"))), NOW);

        assertThat(person.grant().admin()).isTrue();
        assertThat(person.roles()).containsExactly("ops", "other");
    }

    @Test
    void times_issuer_audience_and_subject_must_hold() throws Exception {
        JwtVerifier verifier = verifier(SECRET);
        refused(verifier, signed(claims().expirationTime(at(-31_000))));
        refused(verifier, signed(claims().expirationTime(null)));
        refused(verifier, signed(claims().notBeforeTime(at(31_000))));
        refused(verifier, signed(claims().issuer("other")));
        refused(verifier, signed(claims().audience("other")));
        refused(verifier, signed(claims().audience((String) null)));
        refused(verifier, signed(claims().subject(null)));
        refused(verifier, signed(claims().claim("tidepole", Map.of("read", List.of("{{")))));
        assertThat(verifier.verify(signed(claims().expirationTime(at(-29_000))), NOW))
                .isNotNull();
        assertThat(verifier.verify(signed(claims().notBeforeTime(at(29_000))), NOW))
                .isNotNull();
    }

    @Test
    void algorithm_is_that_of_the_key_and_never_the_tokens_choice() throws Exception {
        KeyPair rsa = pair("RSA");
        JwtVerifier verifier = verifier(pem(rsa.getPublic().getEncoded()));
        String good = signed(claims(), JWSAlgorithm.RS256, new RSASSASigner(rsa.getPrivate()));
        assertThat(verifier.verify(good, NOW).subject()).isEqualTo("ada");
        // The public key as a secret: what is published would sign.
        refused(
                verifier,
                signed(
                        claims(),
                        JWSAlgorithm.HS256,
                        new MACSigner(rsa.getPublic().getEncoded())));
        refused(
                verifier,
                signed(
                        claims(),
                        JWSAlgorithm.HS256,
                        new MACSigner(pem(rsa.getPublic().getEncoded()))));
        String payload = Base64URL.encode(claims().build().toString()).toString();
        refused(verifier, Base64URL.encode("{\"alg\":\"none\"}") + "." + payload + ".");
        refused(verifier, Base64URL.encode("{\"alg\":\"None\"}") + "." + payload + ".AA");
        String[] parts = good.split("\\.");
        refused(verifier, parts[0] + "." + payload.substring(0, 8) + "." + parts[2]);
        refused(verifier, parts[0] + "." + parts[1] + "." + parts[2].substring(2));
        refused(verifier, "..");
        refused(verifier, "x".repeat(10_000));
        refused(
                verifier,
                signed(
                        claims(),
                        JWSAlgorithm.RS256,
                        new RSASSASigner(pair("RSA").getPrivate())));
    }

    @Test
    void elliptic_curves_are_taken() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(Curve.P_256.toECParameterSpec());
        KeyPair pair = generator.generateKeyPair();
        JwtVerifier verifier = verifier(pem(pair.getPublic().getEncoded()));

        ECKey key = new ECKey.Builder(Curve.P_256, (java.security.interfaces.ECPublicKey) pair.getPublic())
                .privateKey((java.security.interfaces.ECPrivateKey) pair.getPrivate())
                .build();
        assertThat(verifier.verify(signed(claims(), JWSAlgorithm.ES256, new ECDSASigner(key)), NOW)
                        .subject())
                .isEqualTo("ada");
    }

    @Test
    void edwards_curves_are_taken() throws Exception {
        KeyPair pair = pair("Ed25519");
        JwtVerifier verifier = verifier(pem(pair.getPublic().getEncoded()));
        String good = edwards(pair);

        assertThat(verifier.verify(good, NOW).subject()).isEqualTo("ada");
        refused(verifier, edwards(pair("Ed25519")));
    }

    private static String edwards(KeyPair pair) throws Exception {
        String text = Base64URL.encode("{\"alg\":\"EdDSA\"}") + "."
                + Base64URL.encode(claims().build().toString());
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(pair.getPrivate());
        signature.update(text.getBytes(StandardCharsets.US_ASCII));
        return text + "." + Base64URL.encode(signature.sign());
    }

    @Test
    void keys_that_are_published_are_asked_for_again_when_one_is_missing_and_not_too_often() throws Exception {
        RSAKey first = key("one");
        RSAKey second = key("two");
        AtomicReference<JWKSet> published = new AtomicReference<>(new JWKSet(first.toPublicJWK()));
        AtomicInteger asked = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/keys", exchange -> {
            asked.incrementAndGet();
            byte[] body = String.valueOf(published.get()).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            JwtVerifier verifier = JwtVerifier.of(
                    settings("http://127.0.0.1:" + server.getAddress().getPort() + "/keys"), names -> Grant.NONE);
            assertThat(verifier.verify(token(first), NOW).subject()).isEqualTo("ada");
            published.set(new JWKSet(List.<JWK>of(first.toPublicJWK(), second.toPublicJWK())));
            assertThat(verifier.verify(token(second), NOW).subject()).isEqualTo("ada");
            int before = asked.get();
            long begun = System.nanoTime();
            for (int i = 0; i < 200; i++) {
                refused(
                        verifier,
                        token(new RSAKey.Builder(first).keyID("unknown-" + i).build()));
            }
            long intervals = 1 + (System.nanoTime() - begun) / 10_000_000_000L;
            assertThat(asked.get() - before).isLessThanOrEqualTo(Math.toIntExact(2 * intervals));
            assertThat(verifier.verify(token(first), NOW)).isNotNull();
        } finally {
            server.stop(0);
        }
    }

    private static RSAKey key(String id) throws Exception {
        KeyPair pair = pair("RSA");
        return new RSAKey.Builder((java.security.interfaces.RSAPublicKey) pair.getPublic())
                .privateKey(pair.getPrivate())
                .keyID(id)
                .build();
    }

    private static String token(RSAKey key) throws JOSEException {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), claims().build());
        token.sign(new RSASSASigner(key));
        return token.serialize();
    }

    @Test
    void keys_that_cannot_be_used_are_said() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> verifier("short".getBytes(StandardCharsets.UTF_8)))
                .withMessageContaining("32 bytes");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> verifier("{\"keys\":7}".getBytes(StandardCharsets.UTF_8)))
                .withMessageContaining("cannot be used");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> verifier("-----BEGIN CERTIFICATE-----".getBytes(StandardCharsets.UTF_8)))
                .withMessageContaining("no PUBLIC KEY");
    }

    @Test
    void set_of_keys_in_a_file_may_hold_ed25519() throws Exception {
        KeyPair pair = pair("Ed25519");
        byte[] encoded = pair.getPublic().getEncoded();
        OctetKeyPair key = new OctetKeyPair.Builder(
                        Curve.Ed25519, Base64URL.encode(Arrays.copyOfRange(encoded, 12, encoded.length)))
                .build();
        JwtVerifier verifier = verifier(new JWKSet(key).toString().getBytes(StandardCharsets.UTF_8));

        assertThat(verifier.verify(edwards(pair), NOW).subject()).isEqualTo("ada");
    }
}
