package io.tidepole.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import io.tidepole.config.AuthConfig;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Checks JSON Web Tokens as RFC 8725 advises: the algorithm is one that fits the kind of key, never the token's choice
 * alone; issuer, audience and times must hold. May wait for a server that publishes keys: not for event loops.
 */
final class JwtVerifier {
    private static final int MOST_CHARACTERS = 8_192;
    private static final Set<String> TYPES = Set.of("jwt", "at+jwt", "application/at+jwt");

    private final JWKSource<SecurityContext> keys;
    private final AuthConfig.Jwt settings;
    private final Function<List<String>, Grant> roles;

    /** What a token says of somebody. */
    record Person(String subject, String name, Grant grant, List<String> roles, long expiresAtMillis, String nonce) {}

    JwtVerifier(JWKSource<SecurityContext> keys, AuthConfig.Jwt settings, Function<List<String>, Grant> roles) {
        this.keys = keys;
        this.settings = settings;
        this.roles = roles;
    }

    static JwtVerifier of(AuthConfig.Jwt settings, Function<List<String>, Grant> roles) {
        return new JwtVerifier(JwtKeys.of(settings.keys()), settings, roles);
    }

    /** Who the token is about; the reason why not is for whoever showed it. */
    Person verify(String text, long nowMillis) throws NotAuthenticatedException {
        if (text.length() > MOST_CHARACTERS) {
            throw new NotAuthenticatedException("the token is too long");
        }
        try {
            SignedJWT token = SignedJWT.parse(text);
            if (!isSigned(token)) {
                throw new NotAuthenticatedException("the token's signature is not good");
            }
            JWTClaimsSet claims = token.getJWTClaimsSet();
            checker(nowMillis).verify(claims, null);
            return person(claims);
        } catch (ParseException | IllegalArgumentException malformed) {
            throw new NotAuthenticatedException("the token cannot be read");
        } catch (BadJWTException bad) {
            throw NotAuthenticatedException.outdated("the token is not good: " + bad.getMessage());
        } catch (KeySourceException e) {
            throw NotAuthenticatedException.busy("the issuer's keys cannot be had at present");
        } catch (JOSEException e) {
            throw new NotAuthenticatedException("the token's signature is not good");
        }
    }

    private boolean isSigned(SignedJWT token) throws JOSEException {
        JWSHeader header = token.getHeader();
        JOSEObjectType type = header.getType();
        if (type != null && !TYPES.contains(type.getType().toLowerCase(java.util.Locale.ROOT))) {
            return false;
        }
        // No matcher means an algorithm that no kind of key of ours has, "none" among them.
        JWKMatcher matcher = JWKMatcher.forJWSHeader(header);
        if (matcher == null) {
            return false;
        }
        for (JWK key : keys.get(new JWKSelector(matcher), null)) {
            JWSVerifier verifier = verifier(key, header.getAlgorithm());
            if (verifier != null && verifier.verify(header, token.getSigningInput(), token.getSignature())) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable JWSVerifier verifier(JWK key, JWSAlgorithm algorithm) throws JOSEException {
        if (JWSAlgorithm.Family.RSA.contains(algorithm)) {
            return new RSASSAVerifier(key.toRSAKey());
        }
        if (JWSAlgorithm.Family.EC.contains(algorithm)) {
            return new ECDSAVerifier(key.toECKey());
        }
        if (JWSAlgorithm.Family.HMAC_SHA.contains(algorithm)) {
            return new MACVerifier(key.toOctetSequenceKey());
        }
        return JWSAlgorithm.EdDSA.equals(algorithm) || JWSAlgorithm.Ed25519.equals(algorithm)
                ? new Ed25519Verifier(key.toOctetKeyPair())
                : null;
    }

    private DefaultJWTClaimsVerifier<SecurityContext> checker(long nowMillis) {
        JWTClaimsSet.Builder exact = new JWTClaimsSet.Builder();
        if (!settings.issuer().isEmpty()) {
            exact.issuer(settings.issuer());
        }
        DefaultJWTClaimsVerifier<SecurityContext> checker =
                new DefaultJWTClaimsVerifier<>(settings.audience(), exact.build(), Set.of("sub", "exp")) {
                    @Override
                    protected Date currentTime() {
                        return Date.from(Instant.ofEpochMilli(nowMillis));
                    }
                };
        checker.setMaxClockSkew((int) settings.leeway().toSeconds());
        return checker;
    }

    private Person person(JWTClaimsSet claims) throws ParseException {
        List<String> names = texts(claims.getClaim(settings.rolesClaim()));
        Grant own = claims.getClaim(settings.claim()) instanceof Map<?, ?> map ? grant(map) : Grant.NONE;
        return new Person(
                claims.getSubject(),
                name(claims),
                own.or(roles.apply(names)),
                names,
                claims.getExpirationTime().toInstant().toEpochMilli()
                        + settings.leeway().toMillis(),
                claims.getClaim("nonce") instanceof String nonce ? nonce : "");
    }

    private static String name(JWTClaimsSet claims) {
        for (String claim : List.of("preferred_username", "email", "name")) {
            if (claims.getClaim(claim) instanceof String name && !name.isBlank()) {
                return name;
            }
        }
        return claims.getSubject();
    }

    private static Grant grant(Map<?, ?> map) {
        return new Grant(
                ReadRights.parse(texts(map.get("read"))),
                new WriteRights(texts(map.get("write"))),
                Boolean.TRUE.equals(map.get("edit")),
                Boolean.TRUE.equals(map.get("admin")));
    }

    private static List<String> texts(@Nullable Object value) {
        List<String> texts = new ArrayList<>();
        if (value instanceof String text) {
            texts.add(text);
        } else if (value instanceof List<?> list) {
            list.forEach(each -> texts.add(String.valueOf(each)));
        }
        return texts;
    }
}
