package io.tidepole.push;

/**
 * Whether bytes are UTF-8 (RFC 3629, section 4), part by part: the state between two parts is a number, 0 at the end
 * of a character. It holds how many bytes are missing, and the least and the greatest that the next one may be.
 */
final class Utf8 {
    /** What no further byte can mend. */
    static final int BROKEN = -1;

    private Utf8() {}

    /** The state after these bytes. */
    static int after(int state, byte[] bytes, int from, int until) {
        int now = state;
        for (int i = from; i < until && now != BROKEN; i++) {
            int octet = bytes[i] & 0xFF;
            if (now != 0) {
                now = inside(now, octet);
            } else if (octet >= 0x80) {
                now = first(octet);
            }
        }
        return now;
    }

    private static int first(int octet) {
        if (octet < 0xC2 || octet > 0xF4) {
            return BROKEN;
        }
        if (octet < 0xE0) {
            return expect(1, 0x80, 0xBF);
        }
        return switch (octet) {
            case 0xE0 -> expect(2, 0xA0, 0xBF);
            case 0xED -> expect(2, 0x80, 0x9F);
            case 0xF0 -> expect(3, 0x90, 0xBF);
            case 0xF4 -> expect(3, 0x80, 0x8F);
            default -> expect(octet < 0xF0 ? 2 : 3, 0x80, 0xBF);
        };
    }

    private static int inside(int state, int octet) {
        if (octet < (state >> 8 & 0xFF) || octet > state >> 16) {
            return BROKEN;
        }
        int missing = (state & 0xFF) - 1;
        return missing == 0 ? 0 : expect(missing, 0x80, 0xBF);
    }

    private static int expect(int missing, int least, int greatest) {
        return greatest << 16 | least << 8 | missing;
    }
}
