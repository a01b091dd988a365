package io.tidepole.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Who may come in.
 *
 * @param enabled whether anybody has to say who they are
 * @param insecure whether the server may be open to a network all the same
 * @param patience how long a WebSocket may stay open before it has said who is there
 * @param session how long a login lasts
 * @param origins pages of other addresses that may use the HTTP interface and WebSockets, such as
 *     {@code https://wall.example}
 * @param certificates what of a client's certificate names the device that it is of
 * @param jwt how tokens of another issuer are checked
 * @param oidc how people log in elsewhere
 */
public record AuthConfig(
        boolean enabled,
        boolean insecure,
        Duration patience,
        Duration session,
        List<String> origins,
        CertificateName certificates,
        Jwt jwt,
        Oidc oidc) {
    public AuthConfig {
        Keys.AUTH_WAIT.require(patience);
        Keys.AUTH_SESSION.require(session);
        origins = List.copyOf(origins);
    }

    /** What of a certificate names a device. */
    public enum CertificateName {
        /** Nothing: certificates give no rights. */
        NONE,
        /** The subject's common name. */
        COMMON_NAME,
        /** The first DNS name among its alternative names. */
        DNS_NAME
    }

    /**
     * JSON Web Tokens.
     *
     * @param keys an address of a key set, or a file: a key set, PEM, or a shared secret; empty for none
     * @param issuer what {@code iss} must be; empty for anything
     * @param audience what {@code aud} must contain
     * @param leeway how far clocks may differ
     * @param claim where grants stand
     * @param rolesClaim where names of roles stand
     */
    public record Jwt(String keys, String issuer, String audience, Duration leeway, String claim, String rolesClaim) {
        public Jwt {
            Keys.AUTH_JWT_LEEWAY.require(leeway);
            Keys.AUTH_JWT_CLAIM.require(claim);
            Keys.AUTH_JWT_ROLES_CLAIM.require(rolesClaim);
        }
    }

    /**
     * An OpenID provider.
     *
     * @param issuer its address; empty for none
     * @param clientId our name there
     * @param secretFile the file with our secret there; empty for a public client
     * @param scopes what is asked for
     * @param role the role of everybody who logs in there; empty for none
     * @param url our own address as browsers see it; empty for what they say
     */
    public record Oidc(String issuer, String clientId, String secretFile, String scopes, String role, String url) {}

    /** The folder of tokens, people and roles, within the folder for what is kept. */
    public static Path folder(Path data) {
        return data.resolve("auth");
    }

    static AuthConfig from(Values values) {
        return new AuthConfig(
                values.get(Keys.AUTH_ENABLED),
                values.get(Keys.INSECURE),
                values.get(Keys.AUTH_WAIT),
                values.get(Keys.AUTH_SESSION),
                words(values.get(Keys.HTTP_ORIGINS)),
                values.get(Keys.AUTH_CERTIFICATES),
                new Jwt(
                        values.get(Keys.AUTH_JWT_KEYS),
                        values.get(Keys.AUTH_JWT_ISSUER),
                        values.get(Keys.AUTH_JWT_AUDIENCE),
                        values.get(Keys.AUTH_JWT_LEEWAY),
                        values.get(Keys.AUTH_JWT_CLAIM),
                        values.get(Keys.AUTH_JWT_ROLES_CLAIM)),
                new Oidc(
                        values.get(Keys.AUTH_OIDC_ISSUER),
                        values.get(Keys.AUTH_OIDC_CLIENT_ID),
                        values.get(Keys.AUTH_OIDC_SECRET_FILE),
                        values.get(Keys.AUTH_OIDC_SCOPES),
                        values.get(Keys.AUTH_OIDC_ROLE),
                        values.get(Keys.AUTH_OIDC_URL)));
    }

    private static List<String> words(String text) {
        return text.isBlank() ? List.of() : List.of(text.trim().split("[\\s,]+"));
    }
}
