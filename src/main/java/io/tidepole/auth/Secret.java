package io.tidepole.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A token of our own making: {@code tp_0123456789ab_<43 characters>}. The id finds its entry, and the rest are 256 random
 * bits, so that one round of SHA-256 is enough to keep them by.
 *
 * @param id public: it may be shown and logged
 * @param text all of it: shown once, kept nowhere
 */
record Secret(String id, String text) {
    /** What the tokens of programs begin with. */
    static final String TOKEN = "tp_";

    /** What logins of people begin with. */
    static final String LOGIN = "tl_";

    private static final int ID_LENGTH = 12;
    private static final int LENGTH = TOKEN.length() + ID_LENGTH + 1 + 43;

    @Override
    public String toString() {
        return id;
    }

    static Secret make(String prefix, SecureRandom random) {
        String id = HexFormat.of().formatHex(bytes(random, ID_LENGTH / 2));
        return new Secret(id, prefix + id + "_" + text(random));
    }

    /** 256 random bits as text. */
    static String text(SecureRandom random) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(random, 32));
    }

    private static byte[] bytes(SecureRandom random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /** The id in a text that may be one of ours. */
    static Optional<String> idOf(String text) {
        boolean ours = text.length() == LENGTH && (text.startsWith(TOKEN) || text.startsWith(LOGIN));
        return ours ? Optional.of(text.substring(TOKEN.length(), TOKEN.length() + ID_LENGTH)) : Optional.empty();
    }

    /** What is kept of it. */
    static String hash(String text) {
        return HexFormat.of().formatHex(sha256(text));
    }

    static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Takes as long for what is nearly right as for what is wrong. */
    static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
