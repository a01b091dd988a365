package io.tidepole.dashboard;

import io.tidepole.config.DashboardsConfig;
import io.tidepole.protocol.Notice;
import io.tidepole.protocol.NoticeTopic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All dashboards, as the files in one folder say. A file that is broken keeps its last good version, and the problems
 * beside it. Asking is free; {@link #refresh}, {@link #save} and {@link #delete} block, and are done one at a time.
 */
public final class Dashboards {
    /** The largest dashboard, in bytes. */
    public static final int MAX_BYTES = Shelf.MAX_BYTES;

    private static final Logger log = LoggerFactory.getLogger(Dashboards.class);

    private final Shelf shelf;
    private final boolean editable;
    private final Consumer<Notice> changed;
    private volatile Map<String, Entry> entries = Map.of();
    private String storageProblem = "";

    private record Entry(Shelf.@Nullable Mark mark, StoredDashboard stored) {}

    /**
     * Dashboards that were not read yet.
     *
     * @param changed is told of each dashboard that is new, changed or gone
     */
    public Dashboards(DashboardsConfig settings, Consumer<Notice> changed) {
        this.shelf = new Shelf(settings.folder());
        this.editable = settings.editable();
        this.changed = changed;
    }

    /** What is wrong with the files of a folder: a line for each problem, with file and line. Blocks. */
    public static List<String> check(Path folder) {
        Shelf shelf = new Shelf(folder);
        List<String> lines = new ArrayList<>();
        try {
            for (String name : shelf.marks().keySet()) {
                String file = folder.resolve(DashboardName.file(name)).toString();
                if (!DashboardName.isGood(name)) {
                    lines.add(file + ": " + DashboardName.RULE);
                    continue;
                }
                shelf.read(name)
                        .ifPresent(bytes ->
                                Parsed.of(bytes).problems().forEach(problem -> lines.add(problem.describe(file))));
            }
        } catch (IOException e) {
            lines.add(folder + ": cannot be read: " + e.getMessage());
        }
        return lines;
    }

    /** Whether pages may write. */
    public boolean editable() {
        return editable;
    }

    /** All dashboards, sorted by name. */
    public Collection<StoredDashboard> all() {
        return entries.values().stream().map(Entry::stored).toList();
    }

    /** The dashboard of that name. */
    public Optional<StoredDashboard> find(String name) {
        return Optional.ofNullable(entries.get(name)).map(Entry::stored);
    }

    /** Reads what was written since the last time. */
    public synchronized void refresh() {
        try {
            Map<String, Shelf.Mark> marks = shelf.marks();
            Map<String, Entry> next = new TreeMap<>();
            for (Map.Entry<String, Shelf.Mark> file : marks.entrySet()) {
                if (DashboardName.isGood(file.getKey())) {
                    refreshed(file.getKey(), file.getValue()).ifPresent(entry -> next.put(file.getKey(), entry));
                }
            }
            replace(next);
            complain("");
        } catch (IOException | RuntimeException e) {
            complain("the dashboards in " + shelf.folder() + " cannot be read: " + e);
        }
    }

    /** Says a problem once, not each second. */
    private void complain(String problem) {
        if (!problem.isEmpty() && !problem.equals(storageProblem)) {
            log.warn(problem);
        }
        storageProblem = problem;
    }

    private Optional<Entry> refreshed(String name, Shelf.Mark mark) throws IOException {
        Entry known = entries.get(name);
        if (known != null && mark.equals(known.mark)) {
            return Optional.of(known);
        }
        return shelf.read(name).map(bytes -> {
            Parsed parsed = Parsed.of(bytes);
            if (known == null || !known.stored.etag().equals(parsed.etag())) {
                parsed.problems().forEach(problem -> log.warn(problem.describe(DashboardName.file(name))));
            }
            return new Entry(mark, stored(name, parsed, mark.modified().toEpochMilli()));
        });
    }

    private void replace(Map<String, Entry> next) {
        Map<String, Entry> before = entries;
        entries = Collections.unmodifiableMap(next);
        next.forEach((name, entry) -> {
            Entry old = before.get(name);
            if (old == null || !old.stored.etag().equals(entry.stored.etag())) {
                tell(name, entry.stored.etag());
            }
        });
        before.keySet().stream().filter(name -> !next.containsKey(name)).forEach(name -> tell(name, ""));
    }

    private void tell(String name, String etag) {
        String tag = etag.isEmpty() ? "" : ",\"etag\":\"" + etag + "\"";
        byte[] message =
                ("{\"type\":\"dashboard\",\"name\":\"" + name + "\"" + tag + "}").getBytes(StandardCharsets.UTF_8);
        changed.accept(new Notice(NoticeTopic.DASHBOARD, name, message));
    }

    /** A file that cannot be read as a dashboard shows its last good version. */
    private StoredDashboard stored(String name, Parsed parsed, long modifiedMillis) {
        Entry before = entries.get(name);
        if (parsed.dashboard().isEmpty() && before != null) {
            StoredDashboard last = before.stored;
            return new StoredDashboard(
                    name,
                    last.title(),
                    last.description(),
                    parsed.etag(),
                    parsed.text(),
                    last.json(),
                    last.outline(),
                    parsed.problems(),
                    modifiedMillis);
        }
        return new StoredDashboard(
                name,
                parsed.dashboard().map(Dashboard::title).orElse(name),
                parsed.dashboard().map(Dashboard::description).orElse(""),
                parsed.etag(),
                parsed.text(),
                parsed.dashboard().map(DashboardTree::of).map(TreeText::json).orElse("null"),
                parsed.dashboard().map(Dashboards::outline).orElse("[]"),
                parsed.problems(),
                modifiedMillis);
    }

    private static String outline(Dashboard dashboard) {
        StringBuilder text = new StringBuilder("[");
        for (Panel panel : dashboard.panels()) {
            Place place = panel.place();
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("kind", FieldReader.lowerCase(panel.kind()));
            tree.put("x", place.x());
            tree.put("y", place.y());
            tree.put("w", place.w());
            tree.put("h", place.h());
            text.append(text.length() > 1 ? "," : "").append(TreeText.json(tree));
        }
        return text.append(']').toString();
    }

    /**
     * Writes a dashboard.
     *
     * @param text YAML, which is kept as it is, or a JSON object, which is written as YAML
     */
    public synchronized Outcome save(String name, byte[] text, boolean isJson, Precondition precondition) {
        Optional<Outcome> refused = refuse(name);
        if (refused.isPresent()) {
            return refused.get();
        }
        if (text.length > MAX_BYTES) {
            return new Outcome.Refused(
                    Outcome.Reason.TOO_LARGE, "a dashboard has at most " + (MAX_BYTES >> 10) + " KiB");
        }
        Parsed parsed = Parsed.of(text);
        if (parsed.dashboard().isEmpty()) {
            return new Outcome.Refused(
                    Outcome.Reason.INVALID, "the dashboard has problems; nothing was saved", parsed.problems());
        }
        byte[] bytes = isJson
                ? TreeText.yaml(DashboardTree.of(parsed.dashboard().get())).getBytes(StandardCharsets.UTF_8)
                : text;
        try {
            Optional<String> there = shelf.read(name).map(Parsed::etag);
            Optional<Outcome> conflict = conflict(there, precondition);
            if (conflict.isPresent()) {
                return conflict.get();
            }
            if (there.isEmpty() && entries.size() >= Shelf.MAX_FILES) {
                return new Outcome.Refused(
                        Outcome.Reason.TOO_MANY, "there are " + Shelf.MAX_FILES + " dashboards, and no more are kept");
            }
            shelf.write(name, bytes);
            return new Outcome.Saved(keep(name, bytes), there.isEmpty());
        } catch (IOException e) {
            return storage(e);
        }
    }

    private StoredDashboard keep(String name, byte[] bytes) throws IOException {
        Shelf.Mark mark = shelf.mark(name).orElse(null);
        StoredDashboard stored = stored(
                name,
                Parsed.of(bytes),
                mark == null ? System.currentTimeMillis() : mark.modified().toEpochMilli());
        Map<String, Entry> next = new TreeMap<>(entries);
        next.put(name, new Entry(mark, stored));
        replace(next);
        return stored;
    }

    /** Removes a dashboard. */
    public synchronized Outcome delete(String name, Precondition precondition) {
        Optional<Outcome> refused = refuse(name);
        if (refused.isPresent()) {
            return refused.get();
        }
        try {
            Optional<String> there = shelf.read(name).map(Parsed::etag);
            if (there.isEmpty()) {
                return new Outcome.Refused(Outcome.Reason.NOT_FOUND, "there is no such dashboard");
            }
            Optional<Outcome> conflict = conflict(there, precondition);
            if (conflict.isPresent()) {
                return conflict.get();
            }
            shelf.delete(name);
            Map<String, Entry> next = new TreeMap<>(entries);
            next.remove(name);
            replace(next);
            return new Outcome.Deleted();
        } catch (IOException e) {
            return storage(e);
        }
    }

    private Optional<Outcome> refuse(String name) {
        if (!DashboardName.isGood(name)) {
            return Optional.of(new Outcome.Refused(Outcome.Reason.BAD_NAME, DashboardName.RULE));
        }
        return editable
                ? Optional.empty()
                : Optional.of(new Outcome.Refused(
                        Outcome.Reason.NOT_EDITABLE, "dashboards.editable is false; copy the file to the server"));
    }

    private static Optional<Outcome> conflict(Optional<String> there, Precondition precondition) {
        String message;
        if (precondition instanceof Precondition.Unchanged unchanged) {
            message = there.isEmpty()
                    ? "the dashboard was deleted meanwhile"
                    : there.get().equals(unchanged.etag()) ? "" : "someone else has saved this dashboard meanwhile";
        } else {
            message = there.isEmpty() ? "" : "a dashboard of that name is there already";
        }
        return message.isEmpty() ? Optional.empty() : Optional.of(new Outcome.Refused(Outcome.Reason.CHANGED, message));
    }

    private Outcome storage(IOException problem) {
        log.warn("a dashboard cannot be written", problem);
        return new Outcome.Refused(
                Outcome.Reason.STORAGE, "the folder of dashboards cannot be written; the server's log says why");
    }
}
