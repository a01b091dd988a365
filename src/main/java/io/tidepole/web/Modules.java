package io.tidepole.web;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The modules that a document needs before it runs, read from what they import, and behind them those that it needs
 * soon after. A browser that is told of all of them at once need not find them one behind the other.
 */
final class Modules {
    private static final Pattern IMPORT =
            Pattern.compile("^(?:import\\s|export\\s[{*])[^'\";]*?'(\\.[^']+)'", Pattern.MULTILINE);
    /** What a module begins to load when it runs, without waiting for it. */
    private static final Pattern LATER =
            Pattern.compile("^export const later = import\\('(\\.[^']+)'\\)", Pattern.MULTILINE);

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
        Set<String> first = reached(entries);
        Set<String> later = reached(
                first.stream().flatMap(module -> named(module, LATER).stream()).toList());
        later.removeAll(first);
        return links(first, "") + links(later, " fetchpriority=\"low\"");
    }

    private static String links(Set<String> modules, String priority) {
        StringBuilder links = new StringBuilder();
        for (String module : modules) {
            links.append("<link rel=\"modulepreload\"")
                    .append(priority)
                    .append(" href=\"/v/dev/")
                    .append(module)
                    .append("\">\n");
        }
        return links.toString();
    }

    /** The nearest first. */
    private Set<String> reached(Collection<String> entries) {
        Set<String> found = new LinkedHashSet<>(entries);
        Deque<String> open = new ArrayDeque<>(entries);
        while (!open.isEmpty()) {
            for (String next : imports.computeIfAbsent(open.remove(), module -> named(module, IMPORT))) {
                if (found.add(next)) {
                    open.add(next);
                }
            }
        }
        return found;
    }

    private List<String> named(String module, Pattern how) {
        byte[] text = files.get(module);
        if (text == null) {
            throw new IllegalStateException("the program was built without " + module);
        }
        URI base = URI.create("/" + module);
        return how.matcher(new String(text, StandardCharsets.UTF_8))
                .results()
                .map(found -> base.resolve(found.group(1)).getPath().substring(1))
                .toList();
    }
}
