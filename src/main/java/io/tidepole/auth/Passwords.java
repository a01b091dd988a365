package io.tidepole.auth;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Slow hashes of passwords: PBKDF2 with HMAC-SHA-256 and as many rounds as OWASP asks for (Password Storage Cheat Sheet,
 * 2023). Each takes some tenths of a second of a core: never on an event loop.
 */
final class Passwords {
    private static final int ROUNDS = 600_000;
    private static final int MOST_ROUNDS = 10_000_000;
    private static final int BITS = 256;
    private static final String SCHEME = "pbkdf2-sha256";
    /** Of no password: checked for people who do not exist, so that they take as long as those who do. */
    static final String NOBODY = SCHEME + "$" + ROUNDS + "$AAAAAAAAAAAAAAAAAAAAAA$AAAA";

    private Passwords() {}

    static String hash(char[] password, SecureRandom random) {
        byte[] salt = new byte[16];
        random.nextBytes(salt);
        return SCHEME + "$" + ROUNDS + "$" + text(salt) + "$" + text(derive(password, salt, ROUNDS));
    }

    static boolean matches(char[] password, String hash) {
        String[] parts = hash.split("\\$", -1);
        if (parts.length != 4 || !parts[0].equals(SCHEME)) {
            return false;
        }
        int rounds = Math.min(MOST_ROUNDS, Integer.parseInt(parts[1]));
        byte[] salt = Base64.getDecoder().decode(parts[2]);
        return Secret.same(text(derive(password, salt, rounds)), parts[3]);
    }

    private static String text(byte[] bytes) {
        return Base64.getEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] derive(char[] password, byte[] salt, int rounds) {
        PBEKeySpec spec = new PBEKeySpec(password, salt, rounds, BITS);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } finally {
            spec.clearPassword();
        }
    }
}
