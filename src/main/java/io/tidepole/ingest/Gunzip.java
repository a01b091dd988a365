package io.tidepole.ingest;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/** Inflates gzip, no further than allowed. */
final class Gunzip {
    private Gunzip() {}

    static byte[] inflate(byte[] compressed, long maxBytes) throws RefusedException {
        byte[] bytes = new byte[(int) Math.min(maxBytes, Math.max(1_024, compressed.length * 6L))];
        int size = 0;
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(compressed), 8_192)) {
            for (int read = in.read(bytes, 0, bytes.length);
                    read >= 0;
                    read = in.read(bytes, size, bytes.length - size)) {
                size += read;
                if (size == bytes.length) {
                    if (size >= maxBytes) {
                        if (in.read() < 0) {
                            break;
                        }
                        throw Body.tooLarge(maxBytes);
                    }
                    bytes = Arrays.copyOf(bytes, (int) Math.min(maxBytes, size * 2L));
                }
            }
        } catch (IOException broken) {
            throw new RefusedException(400, "bad_gzip", "the body is not readable as gzip");
        }
        return Arrays.copyOf(bytes, size);
    }
}
