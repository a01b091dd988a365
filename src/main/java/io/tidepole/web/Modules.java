package io.tidepole.web;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The modules that a document needs before it runs, read from what they import. A browser that is told of all of them
 * at once need not find them one behind the other.
 */
final class Modules {
    private static final Pattern IMPORT =
            Pattern.compile("^(?:import|export)\\s[^'\"]*?'(\\.[^']+)'", Pattern.MULTILINE);
    private static final Pattern MARK = Pattern.compile("<!-- modules: ([^>]+) -->\n");

    private final Map<String, byte[]> files;
    private final Map<String, List<String>> imports = new HashMap<>();

    Modules(Map<String, byte[]> files) {
        this.files = files;
    }

    /**
     * The document with links in place of its mark, {@code <!-- modules: a.js b.js -->}.
     *
     * @param page what stands for {@code {page}} in the mark
     */
    String listed(String document, String page) {
        Matcher mark = MARK.matcher(document);
        return mark.replaceAll(found -> Matcher.quoteReplacement(
                links(List.of(found.group(1).replace("{page}", page).split(" ")))));
    }

    private String links(List<String> entries) {
        StringBuilder links = new StringBuilder();
        for (String module : reached(entries)) {
            links.append("<link rel=\"modulepreload\" href=\"/v/dev/")
                    .append(module)
                    .append("\">\n");
        }
        return links.toString();
    }

    /** The nearest first. */
    private Set<String> reached(List<String> entries) {
        Set<String> found = new LinkedHashSet<>(entries);
        Deque<String> open = new ArrayDeque<>(entries);
        while (!open.isEmpty()) {
            for (String next : imports.computeIfAbsent(open.remove(), this::importsOf)) {
                if (found.add(next)) {
                    open.add(next);
                }
            }
        }
        return found;
    }

    private List<String> importsOf(String module) {
        byte[] text = files.get(module);
        if (text == null) {
            throw new IllegalStateException("the program was built without " + module);
        }
        URI base = URI.create("/" + module);
        return IMPORT.matcher(new String(text, StandardCharsets.UTF_8))
                .results()
                .map(found -> base.resolve(found.group(1)).getPath().substring(1))
                .toList();
    }
}
