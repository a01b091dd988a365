package io.tidepole.bench;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The figures of a run, in the order in which people read them; one list makes the table and the JSON. */
final class Results {
    private static final int WRONG_DATA = 3;
    private static final int VOID = 4;

    /** One figure; {@code shown} is for people. */
    private record Figure(String section, String name, Object value, String shown) {}

    private final String jsonFile;
    private final List<Figure> figures = new ArrayList<>();
    private boolean wrong;
    private boolean isVoid;

    Results(String jsonFile) {
        this.jsonFile = jsonFile;
    }

    void number(String section, String name, double value, String unit) {
        figures.add(new Figure(section, name, value, ("%,.2f " + unit.replace("%", "%%")).formatted(value)));
    }

    void count(String section, String name, long value) {
        figures.add(new Figure(section, name, value, "%,d".formatted(value)));
    }

    void text(String section, String name, String value) {
        figures.add(new Figure(section, name, value, value));
    }

    /** Viewers received what they should not, or not what they should. */
    void wrong() {
        wrong = true;
    }

    /** The figures do not count. */
    void setVoid() {
        isVoid = true;
    }

    int exitCode() {
        if (wrong) {
            return WRONG_DATA;
        }
        return isVoid ? VOID : 0;
    }

    String table() {
        StringBuilder text = new StringBuilder();
        String section = "";
        for (Figure figure : figures) {
            if (!figure.section.equals(section)) {
                section = figure.section;
                text.append('\n').append(section).append('\n');
            }
            text.append("  %-34s %s%n".formatted(words(figure.name), figure.shown));
        }
        return text.toString();
    }

    /** {@code serverCpuMicrosPerDelivery} as people would write it. */
    private static String words(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1 $2").toLowerCase(java.util.Locale.ROOT);
    }

    void writeJson() throws IOException {
        if (jsonFile.isEmpty()) {
            return;
        }
        try (JsonGenerator json = new JsonFactory().createGenerator(new File(jsonFile), JsonEncoding.UTF8)) {
            json.setPrettyPrinter(new DefaultPrettyPrinter());
            json.writeStartObject();
            String section = "";
            for (Figure figure : figures) {
                if (!figure.section.equals(section)) {
                    if (!section.isEmpty()) {
                        json.writeEndObject();
                    }
                    section = figure.section;
                    json.writeObjectFieldStart(section);
                }
                write(json, figure);
            }
            if (!section.isEmpty()) {
                json.writeEndObject();
            }
            json.writeEndObject();
        }
    }

    private static void write(JsonGenerator json, Figure figure) throws IOException {
        json.writeFieldName(figure.name);
        if (figure.value instanceof Long whole) {
            json.writeNumber(whole);
        } else if (figure.value instanceof Double number) {
            json.writeNumber(Double.isFinite(number) ? Math.round(number * 1000) / 1000.0 : 0);
        } else {
            json.writeString(String.valueOf(figure.value));
        }
    }
}
