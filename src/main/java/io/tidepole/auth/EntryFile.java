package io.tidepole.auth;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/** A file of entries, one JSON object a line. Programs that change it lock it, and replace it whole. */
final class EntryFile {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int MOST_BYTES = 64 << 20;

    private final Path path;

    EntryFile(Path path) {
        this.path = path;
    }

    /** When it was changed last and how long it is: another value means another content. */
    String version() {
        try {
            return Files.getLastModifiedTime(path) + " " + Files.size(path) + " "
                    + Files.readAttributes(path, java.nio.file.attribute.BasicFileAttributes.class)
                            .fileKey();
        } catch (IOException absent) {
            return "";
        }
    }

    /** All entries by id; none if there is no file. */
    Map<String, Entry> read() throws IOException {
        Map<String, Entry> entries = new LinkedHashMap<>();
        if (!Files.exists(path)) {
            return entries;
        }
        if (Files.size(path) > MOST_BYTES) {
            throw new IOException(path + " is too large");
        }
        int number = 0;
        for (String line : Files.readAllLines(path, StandardCharsets.UTF_8)) {
            number++;
            if (!line.isBlank()) {
                try (JsonParser json = JSON.createParser(line)) {
                    Entry entry = parse(json);
                    entries.put(entry.id(), entry);
                } catch (IOException | IllegalArgumentException bad) {
                    throw new IOException(path + ":" + number + ": not an entry", bad);
                }
            }
        }
        return entries;
    }

    /** Changes the entries. Others who do so at the same time wait. */
    void update(Consumer<Map<String, Entry>> change) throws IOException {
        Files.createDirectories(folder());
        Path lockPath = folder().resolve(path.getFileName() + ".lock");
        try (FileChannel channel = FileChannel.open(lockPath, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            Map<String, Entry> entries = read();
            change.accept(entries);
            if (lock.isValid()) {
                write(entries);
            }
        }
    }

    private Path folder() {
        return Objects.requireNonNull(path.toAbsolutePath().normalize().getParent(), "a file lies in a folder");
    }

    private void write(Map<String, Entry> entries) throws IOException {
        Path fresh = Files.createTempFile(folder(), path.getFileName() + "-", "");
        if (Files.getFileAttributeView(fresh, PosixFileAttributeView.class) != null) {
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
        }
        List<String> lines = new ArrayList<>();
        for (Entry entry : entries.values()) {
            lines.add(format(entry));
        }
        try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
            channel.write(java.nio.ByteBuffer.wrap((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8)));
            channel.force(true);
        }
        Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String format(Entry entry) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("id", entry.id());
            json.writeStringField("name", entry.name());
            if (!entry.hash().isEmpty()) {
                json.writeStringField("hash", entry.hash());
            }
            list(json, "read", entry.grant().read().texts());
            list(json, "write", entry.grant().write().devices());
            json.writeBooleanField("edit", entry.grant().edit());
            json.writeBooleanField("admin", entry.grant().admin());
            if (!entry.person().isEmpty()) {
                json.writeStringField("person", entry.person());
            }
            if (!entry.roles().isEmpty()) {
                list(json, "roles", entry.roles());
            }
            json.writeNumberField("created", entry.createdMillis());
            if (entry.expiresAtMillis() != Principal.NEVER) {
                json.writeNumberField("expires", entry.expiresAtMillis());
            }
            json.writeEndObject();
        }
        return text.toString();
    }

    private static void list(JsonGenerator json, String name, List<String> texts) throws IOException {
        json.writeArrayFieldStart(name);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }

    private static Entry parse(JsonParser json) throws IOException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw new IOException("not an object");
        }
        Map<String, String> texts = new LinkedHashMap<>();
        Map<String, List<String>> lists = new LinkedHashMap<>();
        for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
            if (json.nextToken() == JsonToken.START_ARRAY) {
                List<String> list = new ArrayList<>();
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    list.add(json.getText());
                }
                lists.put(field, list);
            } else {
                texts.put(field, json.getText());
            }
        }
        String id = texts.getOrDefault("id", "");
        if (id.isEmpty()) {
            throw new IOException("no id");
        }
        return new Entry(
                id,
                texts.getOrDefault("name", id),
                texts.getOrDefault("hash", ""),
                new Grant(
                        ReadRights.parse(lists.getOrDefault("read", List.of())),
                        new WriteRights(lists.getOrDefault("write", List.of())),
                        Boolean.parseBoolean(texts.get("edit")),
                        Boolean.parseBoolean(texts.get("admin"))),
                texts.getOrDefault("person", ""),
                lists.getOrDefault("roles", List.of()),
                Long.parseLong(texts.getOrDefault("created", "0")),
                texts.containsKey("expires") ? Long.parseLong(texts.get("expires")) : Principal.NEVER);
    }
}
