package io.tidepole.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A configuration file: bounded in size, UTF-8, YAML. */
final class ConfigFile {
    static final int MAX_BYTES = 1 << 20;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private ConfigFile() {}

    /**
     * Takes the settings of a file.
     *
     * @param label the file's name in the report
     */
    static void read(Path file, String label, Values values, Report report) {
        try (InputStream in = Files.newInputStream(file)) {
            parse(in.readNBytes(MAX_BYTES + 1), label, values, report);
        } catch (NoSuchFileException missing) {
            report.add(label, "there is no such file");
        } catch (AccessDeniedException denied) {
            report.add(label, "may not be read by this user");
        } catch (IOException unreadable) {
            report.add(label, Files.isDirectory(file) ? "is a folder" : "cannot be read: " + unreadable.getMessage());
        }
    }

    static void parse(byte[] bytes, String label, Values values, Report report) {
        if (bytes.length > MAX_BYTES) {
            report.add(label, "is larger than " + Sizes.format(MAX_BYTES));
            return;
        }
        ByteBuffer encoded = ByteBuffer.wrap(bytes);
        CharBuffer decoded = CharBuffer.allocate(bytes.length);
        if (StandardCharsets.UTF_8.newDecoder().decode(encoded, decoded, true).isError()) {
            report.add(label + ":" + lineAt(bytes, encoded.position()), "is not UTF-8 text");
            return;
        }
        String text = decoded.flip().toString();
        new YamlReader(label, values, report).read(text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text);
    }

    private static int lineAt(byte[] bytes, int position) {
        int line = 1;
        for (int index = 0; index < position; index++) {
            line += bytes[index] == '\n' ? 1 : 0;
        }
        return line;
    }
}
