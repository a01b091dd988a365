package io.tidepole.auth;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is known of tokens, logins, people and roles: held in memory, and read again when a file has changed. Reading and
 * writing block; looking up does not. Safe for any thread.
 */
final class Store {
    private static final Logger log = LoggerFactory.getLogger(Store.class);
    private static final int MOST_LOGINS = 10_000;

    private final Shelf tokens;
    private final Shelf logins;
    private final Shelf people;
    private final Shelf roles;
    private final AtomicInteger rolesVersion = new AtomicInteger();

    Store(Path folder) {
        tokens = new Shelf(folder.resolve("tokens"));
        logins = new Shelf(folder.resolve("logins"));
        people = new Shelf(folder.resolve("people"));
        roles = new Shelf(folder.resolve("roles"));
    }

    EntryFile tokens() {
        return tokens.file;
    }

    EntryFile people() {
        return people.file;
    }

    EntryFile roles() {
        return roles.file;
    }

    /** Reads what has changed since the last time. A file that cannot be read leaves what was known. */
    synchronized void refresh() {
        tokens.refresh();
        people.refresh();
        logins.refresh();
        if (roles.refresh()) {
            rolesVersion.incrementAndGet();
        }
    }

    /** Another number once a role has changed. */
    int rolesVersion() {
        return rolesVersion.get();
    }

    /** The token or login with this text. */
    Optional<Entry> find(String text) {
        return Secret.idOf(text)
                .flatMap(id -> byId(text.startsWith(Secret.LOGIN) ? logins : tokens, id))
                .filter(entry -> Secret.same(entry.hash(), Secret.hash(text)));
    }

    /** The token or login of a principal, as it is now. */
    Optional<Entry> current(String id) {
        return byId(tokens, id).or(() -> byId(logins, id));
    }

    private Optional<Entry> byId(Shelf shelf, String id) {
        return Optional.ofNullable(shelf.entries.get(id)).filter(this::stands);
    }

    /** A login stands on a person or on roles, and falls when those change. */
    private boolean stands(Entry entry) {
        if (!entry.person().isEmpty()) {
            return person(entry.person())
                    .filter(person ->
                            person.grant().equals(entry.grant()) && person.createdMillis() <= entry.createdMillis())
                    .isPresent();
        }
        return entry.roles().isEmpty() || grantOf(entry.roles()).equals(entry.grant());
    }

    Optional<Entry> person(String name) {
        return Optional.ofNullable(people.entries.get(name));
    }

    /** What these roles allow together; those that nobody has defined allow nothing. */
    Grant grantOf(List<String> names) {
        Grant grant = Grant.NONE;
        for (String name : names) {
            Entry role = roles.entries.get(name);
            grant = role == null ? grant : grant.or(role.grant());
        }
        return grant;
    }

    /** Whether anybody could come in. */
    boolean isEmpty() {
        return tokens.entries.isEmpty() && people.entries.isEmpty();
    }

    void addLogin(Entry login, long nowMillis) throws IOException {
        logins.file.update(entries -> {
            entries.values().removeIf(entry -> entry.expiresAtMillis() <= nowMillis);
            while (entries.size() >= MOST_LOGINS) {
                entries.remove(entries.keySet().iterator().next());
            }
            entries.put(login.id(), login);
        });
        refresh();
    }

    void removeLogin(String id) throws IOException {
        logins.file.update(entries -> entries.remove(id));
        refresh();
    }

    /** A file and what it says. */
    private static final class Shelf {
        private final EntryFile file;
        private volatile Map<String, Entry> entries = Map.of();
        private String version = "";

        Shelf(Path path) {
            this.file = new EntryFile(path);
        }

        boolean refresh() {
            String found = file.version();
            if (found.equals(version)) {
                return false;
            }
            try {
                entries = Map.copyOf(new LinkedHashMap<>(file.read()));
                version = found;
                return true;
            } catch (IOException e) {
                log.error("What was known before holds on: {}", e.getMessage());
                version = found;
                return false;
            }
        }
    }
}
