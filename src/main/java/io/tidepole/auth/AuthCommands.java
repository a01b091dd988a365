package io.tidepole.auth;

import io.tidepole.config.AuthConfig;
import io.tidepole.metric.SelectorSyntaxException;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The commands {@code token}, {@code password} and {@code role}. They change files; a server that runs sees it within a
 * second or two.
 */
public final class AuthCommands {
    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int BAD_USAGE = 2;
    private static final int LEAST_PASSWORD = 8;
    private static final String USAGE =
            """
            token create --name NAME [what it may do] [--expires 90d]
            token list
            token revoke ID
            password set NAME [what they may do]     asks for the password, or reads a line
            password list
            password remove NAME
            role set NAME [what it may do]           for logins elsewhere
            role list
            role remove NAME

            what it may do, each as often as needed:
              --read SELECTOR    series: 'cpu_usage', 'temperature{device=~"line-1-.*"}', '*' for all
              --write PATTERN    readings of devices: 'sensor-*', '*' for all
              --edit             dashboards and annotations
              --admin            everything
            and where: --data=FOLDER or --config=FILE, as for the server""";

    private final Store store;
    private final PrintStream out;
    private final PrintStream err;
    private final InputStream in;
    private final long nowMillis;
    private final SecureRandom random = new SecureRandom();

    /**
     * Commands on one server's files.
     *
     * @param data the folder for what is kept
     * @param in where a password is read from, if there is no terminal
     */
    public AuthCommands(Path data, PrintStream out, PrintStream err, InputStream in, long nowMillis) {
        this.store = new Store(AuthConfig.folder(data));
        this.out = out;
        this.err = err;
        this.in = in;
        this.nowMillis = nowMillis;
    }

    /** Carries one out and yields the exit code. */
    public int run(String command, List<String> words) {
        try {
            GrantOptions options = GrantOptions.parse(words);
            String verb = options.words().isEmpty() ? "" : options.words().get(0);
            Optional<String> name =
                    options.words().size() == 2 ? Optional.of(options.words().get(1)) : Optional.empty();
            return switch (command + " " + verb) {
                case "token create" -> create(options);
                case "token list" -> list(store.tokens());
                case "token revoke" -> remove(store.tokens(), name);
                case "password set" -> setPassword(options, name);
                case "password list" -> list(store.people());
                case "password remove" -> remove(store.people(), name);
                case "role set" -> setRole(options, name);
                case "role list" -> list(store.roles());
                case "role remove" -> remove(store.roles(), name);
                default -> usage();
            };
        } catch (SelectorSyntaxException bad) {
            err.println("--read: " + bad.getMessage());
            return BAD_USAGE;
        } catch (IllegalArgumentException bad) {
            err.println(bad.getMessage());
            return BAD_USAGE;
        } catch (IOException e) {
            err.println("It cannot be kept: " + e.getMessage());
            return FAILED;
        }
    }

    private int usage() {
        err.println(USAGE);
        return BAD_USAGE;
    }

    /** The token alone goes to the standard output, so that a script can take it. */
    private int create(GrantOptions options) throws IOException {
        if (options.words().size() != 1 || options.name().isEmpty()) {
            return usage();
        }
        if (options.grant().equals(Grant.NONE)) {
            throw new IllegalArgumentException(
                    "A token that may do nothing: give it --read, --write, --edit or --admin.");
        }
        Secret secret = Secret.make(Secret.TOKEN, random);
        Entry entry = new Entry(
                secret.id(),
                options.name(),
                Secret.hash(secret.text()),
                options.grant(),
                "",
                List.of(),
                nowMillis,
                options.expiresAtMillis(nowMillis));
        store.tokens().update(entries -> entries.put(entry.id(), entry));
        out.println(secret.text());
        err.println("Token " + line(entry) + ". It is shown this once.");
        return DONE;
    }

    private int list(EntryFile file) throws IOException {
        for (Entry entry : file.read().values()) {
            out.println(line(entry));
        }
        return DONE;
    }

    private static String line(Entry entry) {
        StringBuilder line = new StringBuilder(entry.id());
        if (!entry.name().equals(entry.id())) {
            line.append(" (").append(entry.name()).append(')');
        }
        Grant grant = entry.grant();
        if (grant.admin()) {
            line.append(", admin");
        } else {
            line.append(
                    grant.read().isEmpty()
                            ? ""
                            : ", reads " + String.join(" ", grant.read().texts()));
            line.append(
                    grant.write().devices().isEmpty()
                            ? ""
                            : ", writes " + String.join(" ", grant.write().devices()));
            line.append(grant.edit() ? ", edits" : "");
        }
        if (entry.expiresAtMillis() != Principal.NEVER) {
            line.append(", until ").append(Instant.ofEpochMilli(entry.expiresAtMillis()));
        }
        return line.toString();
    }

    private int remove(EntryFile file, Optional<String> id) throws IOException {
        if (id.isEmpty()) {
            return usage();
        }
        boolean[] found = new boolean[1];
        file.update(entries -> found[0] = entries.remove(id.get()) != null);
        if (!found[0]) {
            err.println("There is none with this name or id.");
        }
        return found[0] ? DONE : FAILED;
    }

    private int setPassword(GrantOptions options, Optional<String> name) throws IOException {
        if (name.isEmpty()) {
            return usage();
        }
        char[] password = askPassword();
        if (password.length < LEAST_PASSWORD) {
            throw new IllegalArgumentException("A password has at least " + LEAST_PASSWORD + " characters.");
        }
        String hash = Passwords.hash(password, random);
        store.people().update(entries -> put(entries, name.get(), hash, options));
        return DONE;
    }

    @SuppressWarnings("SystemConsoleNull") // from JDK 22 on there is always one, and it reads what is piped in too
    private char[] askPassword() throws IOException {
        Console console = System.console();
        if (console != null) {
            char[] typed = console.readPassword("Password: ");
            return typed == null ? new char[0] : typed;
        }
        String line = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).readLine();
        return line == null ? new char[0] : line.toCharArray();
    }

    private int setRole(GrantOptions options, Optional<String> name) throws IOException {
        if (name.isEmpty() || options.grant().equals(Grant.NONE)) {
            return usage();
        }
        store.roles().update(entries -> put(entries, name.get(), "", options));
        return DONE;
    }

    /** Without a word about rights they stay as they are; a new person may read everything. */
    private void put(Map<String, Entry> entries, String name, String hash, GrantOptions options) {
        Entry before = entries.get(name);
        Grant otherwise = before == null ? new Grant(ReadRights.ALL, WriteRights.NONE, false, false) : before.grant();
        entries.put(
                name,
                new Entry(
                        name,
                        name,
                        hash,
                        options.grant().equals(Grant.NONE) ? otherwise : options.grant(),
                        "",
                        List.of(),
                        nowMillis,
                        Principal.NEVER));
    }
}
