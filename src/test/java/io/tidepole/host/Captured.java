package io.tidepole.host;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** Texts captured from real machines. */
final class Captured {
    private Captured() {}

    static String text(String name) {
        try (InputStream in = Objects.requireNonNull(Captured.class.getResourceAsStream("/host/" + name), name)) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
