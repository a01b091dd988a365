package io.tidepole;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * The version of this program.
 *
 * @param text as the build wrote it
 */
public record Version(String text) {
    /** The version that was built into the program. */
    public static Version current() {
        try (InputStream file = Version.class.getResourceAsStream("/tidepole.properties")) {
            Properties properties = new Properties();
            properties.load(file);
            return new Version(properties.getProperty("version", "unknown"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
