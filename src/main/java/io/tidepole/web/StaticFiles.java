package io.tidepole.web;

import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.HEAD;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * The pages, held in memory and compressed once. Everything lies under {@code /v/<hash>/}, where the hash is over all
 * of it, and may be kept by browsers for ever; {@code index.html} alone names the hash and is asked for each time.
 */
public final class StaticFiles {
    private static final String ROOT = "/webroot";
    private static final String INDEX = "index.html";
    private static final String DOCUMENT = ".html";
    private static final String HOME = "overview";
    private static final String PLACEHOLDER = "/v/dev/";
    /**
     * The addresses that the pages give themselves: each is answered with the one document that finds its way, and that
     * names the modules of this page.
     */
    private static final Map<String, String> SHOWN = Map.of(
            HOME,
            "/",
            "devices",
            "/devices/?",
            "device",
            "/devices/.+",
            "explore",
            "/explore/?",
            "dashboards",
            "/dashboards/?",
            "dashboard",
            "/dashboards/.+",
            "system",
            "/system/?");

    /** What is asked for at the root, and names the hash as a document does. */
    private static final List<String> ROOTED = List.of("sw.js", "manifest.webmanifest");

    private static final String FOREVER = "public, max-age=31536000, immutable";

    private record Page(Buffer plain, Buffer gzip, String type) {}

    private final Map<String, Page> pages = new TreeMap<>();
    private final String hash;

    private StaticFiles(Map<String, byte[]> files) {
        hash = hash(files);
        Modules modules = new Modules(files);
        Sheets sheets = new Sheets(files);
        files.forEach((name, bytes) -> {
            String text = isDocument(name) ? text(bytes) : "";
            pages.put(
                    name,
                    page(name, isDocument(name) ? named(modules.listed(sheets.linked(text, name), HOME)) : bytes));
            sheets.joined(text)
                    .ifPresent(joined -> pages.put(Sheets.nameFor(name), page(Sheets.nameFor(name), joined)));
        });
        String index = sheets.linked(text(files.getOrDefault(INDEX, new byte[0])), INDEX);
        SHOWN.keySet().forEach(name -> pages.put(name, page(INDEX, named(modules.listed(index, name)))));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static boolean isDocument(String name) {
        return name.endsWith(DOCUMENT) || ROOTED.contains(name);
    }

    /** A document whose files are those of this hash. */
    private byte[] named(String document) {
        return document.replace(PLACEHOLDER, "/v/" + hash + "/").getBytes(StandardCharsets.UTF_8);
    }

    /** Loads what was built into the program. */
    public static StaticFiles load() {
        try {
            URL found = StaticFiles.class.getResource(ROOT);
            if (found == null) {
                throw new IllegalStateException("the program was built without its pages");
            }
            // A file system of the jar would read its whole directory again.
            return new StaticFiles(
                    found.openConnection() instanceof JarURLConnection jar
                            ? read(jar.getJarFile())
                            : read(Path.of(found.toURI())));
        } catch (IOException e) {
            throw new UncheckedIOException("the pages cannot be read", e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, byte[]> read(JarFile jar) throws IOException {
        String folder = ROOT.substring(1) + "/";
        Map<String, byte[]> files = new TreeMap<>();
        for (JarEntry entry : Collections.list(jar.entries())) {
            if (entry.getName().startsWith(folder) && !entry.isDirectory()) {
                try (InputStream in = jar.getInputStream(entry)) {
                    files.put(entry.getName().substring(folder.length()), in.readAllBytes());
                }
            }
        }
        return files;
    }

    private static Map<String, byte[]> read(Path root) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                files.put(root.relativize(path).toString().replace('\\', '/'), Files.readAllBytes(path));
            }
        }
        return files;
    }

    private static String hash(Map<String, byte[]> files) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            files.forEach((name, bytes) -> {
                digest.update(name.getBytes(StandardCharsets.UTF_8));
                digest.update(bytes);
            });
            return HexFormat.of().formatHex(digest.digest(), 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Page page(String name, byte[] bytes) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed) {
            {
                def.setLevel(java.util.zip.Deflater.BEST_COMPRESSION);
            }
        }) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Page(Buffer.buffer(bytes), Buffer.buffer(compressed.toByteArray()), type(name));
    }

    private static String type(String name) {
        return switch (name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT)) {
            case "html" -> "text/html; charset=utf-8";
            case "js" -> "text/javascript; charset=utf-8";
            case "css" -> "text/css; charset=utf-8";
            case "svg" -> "image/svg+xml";
            case "json", "webmanifest" -> "application/json";
            case "png" -> "image/png";
            default -> "application/octet-stream";
        };
    }

    /** Which pages these are; changes whenever one of them does. */
    public String hash() {
        return hash;
    }

    /** Serves the pages. */
    public void mount(Router router) {
        SHOWN.forEach((name, path) ->
                router.routeWithRegex(path).method(GET).method(HEAD).handler(document(name)));
        ROOTED.forEach(name -> router.route("/" + name).method(GET).method(HEAD).handler(document(name)));
        router.get("/favicon.ico").handler(request -> request.redirect("/v/" + hash + "/icon.svg"));
        router.routeWithRegex("/v/[^/]+/(?<name>.+)").method(GET).method(HEAD).handler(this::file);
    }

    /** Serves one HTML document, never from a cache unasked. Its ETag is the hash: it tells an old page that it is. */
    public Handler<RoutingContext> document(String name) {
        Page page = pages.get(name);
        if (page == null) {
            throw new IllegalStateException("the program was built without " + name);
        }
        return request -> {
            request.response().putHeader(HttpHeaders.ETAG, '"' + hash + '"');
            send(request, page, "no-cache");
        };
    }

    private void file(RoutingContext request) {
        Page page = pages.get(request.pathParam("name"));
        if (page == null) {
            request.fail(404);
        } else if (request.normalizedPath().startsWith("/v/" + hash + "/")) {
            send(request, page, FOREVER);
        } else {
            send(request, page, "no-cache");
        }
    }

    private static void send(RoutingContext request, Page page, String cache) {
        HttpServerResponse response = request.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, page.type)
                .putHeader(HttpHeaders.CACHE_CONTROL, cache)
                .putHeader(HttpHeaders.VARY, "accept-encoding");
        String accepted = request.request().getHeader(HttpHeaders.ACCEPT_ENCODING);
        if (accepted != null && accepted.contains("gzip")) {
            response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip").end(page.gzip);
        } else {
            response.putHeader(HttpHeaders.CONTENT_ENCODING, "identity").end(page.plain);
        }
    }
}
