package io.tidepole.dashboard;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * What the bytes of a file say.
 *
 * @param dashboard empty if there are problems
 */
record Parsed(String text, String etag, Optional<Dashboard> dashboard, List<Problem> problems) {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    static Parsed of(byte[] bytes) {
        String etag = etag(bytes);
        Problems problems = new Problems();
        if (bytes.length > Shelf.MAX_BYTES) {
            problems.add(0, "", "is larger than " + (Shelf.MAX_BYTES >> 10) + " KiB");
            return new Parsed("", etag, Optional.empty(), problems.list());
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            String plain = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
            Optional<Dashboard> dashboard = DashboardReader.read(plain, problems);
            return new Parsed(plain, etag, dashboard, problems.list());
        } catch (CharacterCodingException e) {
            problems.add(0, "", "is not UTF-8 text");
            return new Parsed("", etag, Optional.empty(), problems.list());
        }
    }

    static String etag(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
