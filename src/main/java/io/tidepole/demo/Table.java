package io.tidepole.demo;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A file of records: CSV with a line of names (separated by commas, semicolons or tabs; quotes as in RFC 4180, within
 * one line), or JSON, as a list of objects or one a line.
 *
 * @param names of the columns
 * @param rows cells in the order of the columns; "" where there is nothing
 */
record Table(List<String> names, List<String[]> rows) {
    private static final long MAX_BYTES = 64L << 20;
    private static final int MAX_COLUMNS = 512;

    /** Throws IllegalArgumentException with a message for people. */
    static Table read(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new IllegalArgumentException("larger than " + (MAX_BYTES >> 20) + " MiB");
            }
            Table table = isJson(file) ? json(file) : csv(file);
            if (table.rows.isEmpty()) {
                throw new IllegalArgumentException("there is no record in it");
            }
            return table;
        } catch (NoSuchFileException missing) {
            throw new IllegalArgumentException("there is no such file", missing);
        } catch (JsonProcessingException unreadable) {
            throw new IllegalArgumentException(
                    "line " + unreadable.getLocation().getLineNr() + ": " + unreadable.getOriginalMessage(),
                    unreadable);
        } catch (IOException unreadable) {
            throw new IllegalArgumentException("it cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    private static boolean isJson(Path file) throws IOException {
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            int first = reader.read();
            while (Character.isWhitespace(first)) {
                first = reader.read();
            }
            return first == '[' || first == '{';
        }
    }

    // ---- CSV

    private static Table csv(Path file) throws IOException {
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            String head = reader.readLine();
            if (head == null || head.isBlank()) {
                throw new IllegalArgumentException("the first line has no names");
            }
            char separator = separator(head);
            List<String> names = Arrays.asList(split(head.replace("\uFEFF", ""), separator, 0));
            List<String[]> rows = new ArrayList<>();
            int number = 1;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                if (!line.isBlank()) {
                    String[] cells = split(line, separator, names.size());
                    if (cells.length != names.size()) {
                        throw new IllegalArgumentException("line " + number + ": " + cells.length
                                + " cells, but the first line has " + names.size() + " names");
                    }
                    rows.add(cells);
                }
            }
            return new Table(names, rows);
        }
    }

    private static char separator(String head) {
        return head.indexOf('\t') >= 0 ? '\t' : head.indexOf(';') >= 0 ? ';' : ',';
    }

    private static String[] split(String line, char separator, int expected) {
        List<String> cells = new ArrayList<>(expected);
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char next = line.charAt(i);
            if (next == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                cell.append('"');
                i++;
            } else if (next == '"') {
                quoted = !quoted;
            } else if (next == separator && !quoted) {
                cells.add(cell.toString().strip());
                cell.setLength(0);
            } else {
                cell.append(next);
            }
        }
        cells.add(cell.toString().strip());
        return cells.toArray(String[]::new);
    }

    // ---- JSON

    private static Table json(Path file) throws IOException {
        Map<String, Integer> columns = new HashMap<>();
        List<String> names = new ArrayList<>();
        List<String[]> rows = new ArrayList<>();
        try (JsonParser json = new JsonFactory().createParser(file.toFile())) {
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token == JsonToken.START_OBJECT) {
                    rows.add(object(json, columns, names));
                } else if (token != JsonToken.START_ARRAY && token != JsonToken.END_ARRAY) {
                    throw new IllegalArgumentException(
                            "line " + json.currentLocation().getLineNr() + ": a list of objects is wanted");
                }
            }
        }
        rows.replaceAll(row -> wide(row, names.size()));
        return new Table(names, rows);
    }

    private static String[] object(JsonParser json, Map<String, Integer> columns, List<String> names)
            throws IOException {
        String[] row = wide(new String[0], names.size());
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            JsonToken value = json.nextToken();
            if (value.isStructStart()) {
                json.skipChildren();
                continue;
            }
            int column = columns.computeIfAbsent(name, unknown -> {
                names.add(unknown);
                return names.size() - 1;
            });
            if (column >= MAX_COLUMNS) {
                throw new IllegalArgumentException("more than " + MAX_COLUMNS + " different names");
            }
            row = wide(row, names.size());
            row[column] = value == JsonToken.VALUE_NULL ? "" : json.getText();
        }
        return row;
    }

    private static String[] wide(String[] row, int width) {
        if (row.length == width) {
            return row;
        }
        String[] wide = Arrays.copyOf(row, width);
        Arrays.fill(wide, row.length, width, "");
        return wide;
    }
}
