package io.tidepole.auth;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The page that asks who is there, written anew for each who comes. */
final class LoginPage {
    private static final String FILE = "/webroot/login.html";
    private static final String PROVIDER_BEGINS = "<!-- provider -->";
    private static final String PROVIDER_ENDS = "<!-- /provider -->";

    private final String template;

    /**
     * @param version of the files that it names
     * @param provider whether people can log in elsewhere
     */
    LoginPage(String version, boolean provider) {
        String text = read().replace("/v/dev/", "/v/" + version + "/");
        int begins = text.indexOf(PROVIDER_BEGINS);
        int ends = text.indexOf(PROVIDER_ENDS);
        this.template = provider ? text : text.substring(0, begins) + text.substring(ends + PROVIDER_ENDS.length());
    }

    private static String read() {
        try (InputStream file = LoginPage.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new IllegalStateException("the program was built without its login page");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The page; a problem that is empty is not shown. */
    String text(String next, String problem) {
        return template.replace("{next}", escaped(next)).replace("{problem}", escaped(problem));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
