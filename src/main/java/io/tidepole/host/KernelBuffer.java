package io.tidepole.host;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads files below /proc and /sys through one buffer: they have no length beforehand.
 *
 * <p>Plain streams rather than channels, as a channel is closed for good when its thread is interrupted.
 */
final class KernelBuffer {
    private static final int FIRST_BYTES = 4096;

    private byte[] buffer = new byte[FIRST_BYTES];

    String read(String path) throws IOException {
        try (FileInputStream in = new FileInputStream(path)) {
            int size = 0;
            for (int count; (count = in.read(buffer, size, buffer.length - size)) > 0; ) {
                size += count;
                if (size == buffer.length) {
                    buffer = Arrays.copyOf(buffer, size * 2);
                }
            }
            return new String(buffer, 0, size, StandardCharsets.UTF_8);
        }
    }
}
