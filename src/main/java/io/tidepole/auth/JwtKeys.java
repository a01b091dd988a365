package io.tidepole.auth;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyType;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The keys that JSON Web Tokens are checked with. */
final class JwtKeys {
    static final int CONNECT_MILLIS = 3_000;
    static final int READ_MILLIS = 3_000;
    static final int MOST_BYTES = 131_072;
    private static final long CACHE_MILLIS = 300_000;
    private static final long BETWEEN_MILLIS = 10_000;
    private static final long OUTAGE_MILLIS = 3_600_000;
    private static final int LEAST_SECRET = 32;
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN PUBLIC KEY-----([^-]+)-----END PUBLIC KEY-----", Pattern.DOTALL);

    private JwtKeys() {}

    /** From an address or a file. Throws IllegalArgumentException with what is wrong. */
    static JWKSource<SecurityContext> of(String where) {
        return where.matches("https?://.*") ? published(where) : new ImmutableJWKSet<>(inFile(Path.of(where)));
    }

    /**
     * A set that a server publishes: asked for again when it is old or lacks a key, not too often, and kept for an hour
     * while the server is away. Secrets in it do not count: what is published is no secret.
     */
    static JWKSource<SecurityContext> published(String address) {
        try {
            JWKSource<SecurityContext> source = JWKSourceBuilder.<SecurityContext>create(
                            URI.create(address).toURL(),
                            new DefaultResourceRetriever(CONNECT_MILLIS, READ_MILLIS, MOST_BYTES))
                    .cache(CACHE_MILLIS, CONNECT_MILLIS + READ_MILLIS)
                    .refreshAheadCache(false)
                    .rateLimited(BETWEEN_MILLIS)
                    .retrying(true)
                    .outageTolerant(OUTAGE_MILLIS)
                    .build();
            return (selector, context) -> source.get(selector, context).stream()
                    .filter(key -> !key.getKeyType().equals(KeyType.OCT))
                    .toList();
        } catch (MalformedURLException | IllegalArgumentException e) {
            throw new IllegalArgumentException("auth.jwt_keys: not an address", e);
        }
    }

    private static JWKSet inFile(Path file) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            String text = new String(bytes, StandardCharsets.ISO_8859_1).trim();
            if (text.startsWith("{")) {
                return JWKSet.parse(text.contains("\"keys\"") ? text : "{\"keys\":[" + text + "]}");
            }
            return new JWKSet(text.contains("-----BEGIN") ? pem(text) : List.of(secret(bytes)));
        } catch (IOException | ParseException | GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException("auth.jwt_keys: " + file + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static JWK secret(byte[] bytes) {
        int end = bytes.length;
        while (end > 0 && (bytes[end - 1] == '\n' || bytes[end - 1] == '\r')) {
            end--;
        }
        if (end < LEAST_SECRET) {
            throw new IllegalArgumentException("a shared secret has at least " + LEAST_SECRET + " bytes");
        }
        return new OctetSequenceKey.Builder(Arrays.copyOf(bytes, end)).build();
    }

    private static List<JWK> pem(String text) throws GeneralSecurityException {
        List<JWK> keys = new ArrayList<>();
        Matcher found = PEM.matcher(text);
        while (found.find()) {
            keys.add(publicKey(Base64.getMimeDecoder().decode(found.group(1).trim())));
        }
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("it holds no PUBLIC KEY");
        }
        return keys;
    }

    private static JWK publicKey(byte[] encoded) throws GeneralSecurityException {
        X509EncodedKeySpec spec = new X509EncodedKeySpec(encoded);
        if (encoded.length == 44) {
            KeyFactory.getInstance("Ed25519").generatePublic(spec);
            return new OctetKeyPair.Builder(
                            Curve.Ed25519, Base64URL.encode(Arrays.copyOfRange(encoded, 12, encoded.length)))
                    .build();
        }
        try {
            return new RSAKey.Builder(
                            (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(spec))
                    .build();
        } catch (java.security.spec.InvalidKeySpecException notRsa) {
            ECPublicKey key = (ECPublicKey) KeyFactory.getInstance("EC").generatePublic(spec);
            return new ECKey.Builder(Curve.forECParameterSpec(key.getParams()), key).build();
        }
    }
}
