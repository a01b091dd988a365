package io.tidepole.guard;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An address, or all that begin with the same bits: {@code 10.0.0.0/8}.
 *
 * @param bits how many of them count
 */
record Network(InetAddress address, int bits) {
    /** Only literals: a name would be asked of a name server. */
    private static final Pattern LITERAL =
            Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    /** Throws IllegalArgumentException if the text is no network. */
    static Network parse(String text) {
        String[] parts = text.split("/", 2);
        InetAddress address = address(parts[0])
                .orElseThrow(() -> new IllegalArgumentException(text + " is not an address or a network"));
        int most = address.getAddress().length * 8;
        int bits = parts.length == 1 ? most : bits(parts[1], most, text);
        return new Network(address, bits);
    }

    private static int bits(String text, int most, String whole) {
        if (text.matches("[0-9]{1,3}") && Integer.parseInt(text) <= most) {
            return Integer.parseInt(text);
        }
        throw new IllegalArgumentException(whole + " has no prefix of 0 to " + most + " bits");
    }

    /** The address that a text is, if it is one. */
    static Optional<InetAddress> address(String text) {
        if (text.length() > 45 || !LITERAL.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(text));
        } catch (UnknownHostException none) {
            return Optional.empty();
        }
    }

    /** What an address counts as: whoever has one of IPv6 has a network of 64 bits as a rule, so all of that is one. */
    static String site(String address) {
        return address(address)
                .filter(Inet6Address.class::isInstance)
                .map(found -> HexFormat.of().formatHex(found.getAddress(), 0, 8))
                .orElse(address);
    }

    boolean contains(InetAddress other) {
        byte[] mine = address.getAddress();
        byte[] theirs = other.getAddress();
        if (mine.length != theirs.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit += 8) {
            int mask = bits - bit >= 8 ? 0xFF : 0xFF << (8 - (bits - bit)) & 0xFF;
            if (((mine[bit / 8] ^ theirs[bit / 8]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
