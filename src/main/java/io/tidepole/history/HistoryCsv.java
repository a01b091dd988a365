package io.tidepole.history;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Writes answers as CSV (RFC 4180): a line for each window that has a value, a column for each series. */
final class HistoryCsv {
    private HistoryCsv() {}

    static byte[] write(Past past, HistoryQuery query) throws IOException {
        List<Row> rows = new ArrayList<>();
        Reader.read(past, query, rows::add);
        StringBuilder csv = new StringBuilder(16_384).append("time");
        rows.forEach(row -> csv.append(',').append(quoted(row.descriptor().key().toString())));
        csv.append("\r\n");
        for (int window = 0; window < query.windows(); window++) {
            line(csv, rows, query, window);
        }
        return csv.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void line(StringBuilder csv, List<Row> rows, HistoryQuery query, int window) {
        int start = csv.length();
        boolean empty = true;
        csv.append(Instant.ofEpochMilli(query.endMillis(window)));
        for (Row row : rows) {
            double value = row.values()[window];
            csv.append(',');
            if (HistoryJson.isWhole(value)) {
                csv.append((long) value);
            } else if (!Double.isNaN(value)) {
                csv.append(value);
            }
            empty &= Double.isNaN(value);
        }
        csv.append("\r\n");
        if (empty) {
            csv.setLength(start);
        }
    }

    private static String quoted(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }
}
