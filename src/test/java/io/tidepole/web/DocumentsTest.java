package io.tidepole.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What documents list of their modules and sheets. */
final class DocumentsTest {
    private static final Pattern LISTED =
            Pattern.compile("<link rel=\"modulepreload\"( fetchpriority=\"low\")? href=\"/v/dev/([^\"]+)\">");

    private static Map<String, byte[]> files(String... namesAndTexts) {
        Map<String, byte[]> files = new HashMap<>();
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            files.put(namesAndTexts[i], namesAndTexts[i + 1].getBytes(StandardCharsets.UTF_8));
        }
        return files;
    }

    private static List<String> listed(Map<String, byte[]> files, String entries) {
        String document = new Modules(files).listed("<!-- modules: " + entries + " -->\n", "home");
        return LISTED.matcher(document)
                .results()
                .map(found -> (found.group(1) == null ? "" : "later ") + found.group(2))
                .toList();
    }

    @Test
    void modules_are_listed_with_what_they_import_the_nearest_first() {
        Map<String, byte[]> files = files(
                "app.js", "import { a } from './view/a.js';\nimport './b.js';\n",
                "view/a.js", "export { b } from '../b.js';\nimport {\n  c,\n} from './c.js';\n",
                "b.js", "export const b = () => import('./never.js');\n",
                "view/c.js", "");

        assertThat(listed(files, "app.js")).containsExactly("app.js", "view/a.js", "b.js", "view/c.js");
    }

    @Test
    void module_that_comes_later_is_listed_behind_the_rest_without_what_is_there_already() {
        Map<String, byte[]> files = files(
                "app.js", "import './shared.js';\n",
                "pages/home.js", "export const later = import('./rest.js');\n",
                "pages/rest.js", "import '../shared.js';\nimport './charts.js';\n",
                "pages/charts.js", "",
                "shared.js", "");

        assertThat(listed(files, "app.js pages/{page}.js"))
                .containsExactly(
                        "app.js", "pages/home.js", "shared.js", "later pages/rest.js", "later pages/charts.js");
    }

    @Test
    void sheets_are_one_file_in_the_order_in_which_they_are_named() {
        Sheets sheets = new Sheets(files("a.css", "a {}", "lib/b.css", "b {}"));
        String document = "<!-- styles: lib/b.css a.css -->\n";

        assertThat(sheets.linked(document, "index.html"))
                .isEqualTo("<link rel=\"stylesheet\" href=\"/v/dev/sheets/index.css\">\n");
        assertThat(sheets.joined(document))
                .hasValueSatisfying(joined ->
                        assertThat(new String(joined, StandardCharsets.UTF_8)).isEqualTo("b {}\na {}\n"));
        assertThat(sheets.joined("no mark")).isEmpty();
    }

    @Test
    void file_that_is_named_and_not_there_ends_the_start() {
        assertThatThrownBy(() -> listed(files("app.js", "import './gone.js';\n"), "app.js"))
                .hasMessageContaining("gone.js");
        assertThatThrownBy(() -> new Sheets(files()).joined("<!-- styles: gone.css -->\n"))
                .hasMessageContaining("gone.css");
    }
}
