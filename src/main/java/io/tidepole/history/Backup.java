package io.tidepole.history;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.sqlite.SQLiteConfig;

/**
 * Copies all files, each as it stands at one moment ({@code VACUUM INTO}), while a server writes them. The log comes
 * first: what is sealed meanwhile is then in both copies, and what is in both counts once.
 */
final class Backup {
    private static final long MEGA = 1_000_000;

    private Backup() {}

    static void run(Path folder, Path target, PrintStream progress) throws IOException, SQLException {
        List<Path> files = files(folder);
        if (files.isEmpty()) {
            throw new IOException("there is no history in " + folder);
        }
        Path copies = target.resolve("history");
        Files.createDirectories(copies);
        int done = 0;
        for (Path file : files) {
            copy(file, copies.resolve(String.valueOf(file.getFileName())));
            progress.println(++done + " of " + files.size() + ": " + file.getFileName() + ", " + Files.size(file) / MEGA
                    + " MB");
        }
        progress.println("A server with data: " + target + " has this past.");
    }

    private static List<Path> files(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.db")) {
                found.forEach(files::add);
            }
        }
        // "log.db" comes after all dates.
        files.sort(java.util.Comparator.reverseOrder());
        return files;
    }

    private static void copy(Path file, Path copy) throws IOException, SQLException {
        if (Files.exists(copy)) {
            throw new IOException(copy + " exists already");
        }
        Path part = copy.resolveSibling(copy.getFileName() + ".part");
        Files.deleteIfExists(part);
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(10_000);
        try (Connection connection = config.createConnection("jdbc:sqlite:" + file);
                PreparedStatement vacuum = connection.prepareStatement("VACUUM INTO ?")) {
            vacuum.setString(1, part.toString());
            vacuum.execute();
        }
        Files.move(part, copy);
    }
}
