package io.tidepole.web;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The style sheets of a document, one behind the other as one file: one round trip in place of six. */
final class Sheets {
    private static final Pattern MARK = Pattern.compile("<!-- styles: ([^>]+) -->\n");
    private static final String DOCUMENT = ".html";

    private final Map<String, byte[]> files;

    Sheets(Map<String, byte[]> files) {
        this.files = files;
    }

    /** The document with one link in place of its mark, {@code <!-- styles: a.css b.css -->}. */
    String linked(String document, String name) {
        return MARK.matcher(document)
                .replaceAll(found ->
                        Matcher.quoteReplacement("<link rel=\"stylesheet\" href=\"/v/dev/" + nameFor(name) + "\">\n"));
    }

    /** What that link names, where the document has a mark. */
    Optional<byte[]> joined(String document) {
        Matcher mark = MARK.matcher(document);
        return mark.find() ? Optional.of(joined(List.of(mark.group(1).split(" ")))) : Optional.empty();
    }

    private byte[] joined(List<String> names) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (String name : names) {
            byte[] sheet = files.get(name);
            if (sheet == null) {
                throw new IllegalStateException("the program was built without " + name);
            }
            joined.writeBytes(sheet);
            joined.write('\n');
        }
        return joined.toByteArray();
    }

    /** The name of a document's sheets. */
    static String nameFor(String document) {
        return "sheets/" + document.replace(DOCUMENT, ".css");
    }
}
