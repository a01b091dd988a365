package io.tidepole;

import io.tidepole.auth.AuthCommands;
import io.tidepole.bench.Bench;
import io.tidepole.config.CommandLine;
import io.tidepole.config.CommandLine.Request;
import io.tidepole.config.Config;
import io.tidepole.dashboard.Dashboards;
import io.tidepole.demo.Demo;
import io.tidepole.history.HistoryTool;
import io.tidepole.tls.BadCertificateException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;

/** The program. */
public final class Main {
    private static final int FAILED = 1;
    private static final int BAD_CONFIGURATION = 2;
    /** Added to the number of a signal that ended a program, as shells have it. */
    private static final int SIGNALLED = 128;

    private Main() {}

    public static void main(String[] words) throws InterruptedException {
        int status = run(List.of(words), System.out, System.err);
        if (status >= 0) {
            System.exit(status);
        }
    }

    /** The exit code, or -1 if a server runs now. */
    private static int run(List<String> words, PrintStream out, PrintStream err) throws InterruptedException {
        CommandLine commandLine = new CommandLine(Map.of(
                "bench", "open many viewers against a server and measure what they cost it",
                "demo", "send the readings of a simulated plant, or of a recording, to a server",
                "token", "make, list and revoke API tokens",
                "password", "say who may log in with a password",
                "role", "say what logins elsewhere may do",
                "backup", "copy all that is on disk to a folder, while the server runs",
                "export", "write readings as CSV or line protocol",
                "import", "add what was exported"));
        Request request = commandLine.parse(words, System.getenv(), Path.of(""));
        if (request instanceof Request.Run run) {
            return serve(run.config(), out, err);
        }
        if (request instanceof Request.Problems problems) {
            err.println(problems.message());
            return BAD_CONFIGURATION;
        }
        if (request instanceof Request.Command command) {
            return switch (command.name()) {
                case "bench" -> Bench.run(command.arguments(), out);
                case "demo" -> Demo.run(command.arguments(), out);
                case "backup", "export", "import" -> HistoryTool.run(command.name(), command.arguments(), out, err);
                default -> auth(command, out, err);
            };
        }
        if (request instanceof Request.Check check) {
            List<String> problems = Dashboards.check(check.config().dashboards().folder());
            if (!problems.isEmpty()) {
                err.println("The configuration is good, the dashboards are not:\n  " + String.join("\n  ", problems));
                return BAD_CONFIGURATION;
            }
            out.println("The configuration is good"
                    + check.file().map(file -> ": " + file).orElse(", all of it by default."));
        } else if (request instanceof Request.Help) {
            out.println(commandLine.help());
        } else if (request instanceof Request.Version) {
            out.println("Tidepole " + Version.current().text());
        }
        return 0;
    }

    /** Who may come in is kept beside everything else: the words that say where are those of the server. */
    private static int auth(Request.Command command, PrintStream out, PrintStream err) {
        Map<Boolean, List<String>> words = command.arguments().stream()
                .collect(Collectors.partitioningBy(word -> word.startsWith("--data=") || word.startsWith("--config=")));
        Request where =
                new CommandLine(Map.of()).parse(words.getOrDefault(true, List.of()), System.getenv(), Path.of(""));
        if (where instanceof Request.Run run) {
            return new AuthCommands(run.config().data(), out, err, System.in, System.currentTimeMillis())
                    .run(command.name(), words.getOrDefault(false, List.of()));
        }
        err.println(where instanceof Request.Problems problems ? problems.message() : "nothing is known of that");
        return BAD_CONFIGURATION;
    }

    private static int serve(Config config, PrintStream out, PrintStream err) throws InterruptedException {
        System.setProperty("tidepole.log.level", config.log().level().name());
        System.setProperty("vertx.logger-delegate-factory-class-name", "io.vertx.core.logging.SLF4JLogDelegateFactory");
        Tidepole tidepole = new Tidepole(config, Version.current());
        try {
            int port =
                    tidepole.start().toCompletionStage().toCompletableFuture().get();
            stopOnSignal(tidepole);
            out.println("Tidepole " + Version.current().text() + " at "
                    + (config.tls().enabled() ? "https://" : "http://")
                    + shown(config.http().host()) + ":" + port);
            return -1;
        } catch (ExecutionException e) {
            Throwable problem = e.getCause() == null ? e : e.getCause();
            if (Tidepole.isAddressProblem(problem)) {
                err.println("Tidepole cannot start at http.host "
                        + config.http().host() + ", http.port " + config.http().port() + ": " + reason(problem));
            } else if (problem instanceof BadCertificateException) {
                err.println("Tidepole cannot start: " + problem.getMessage());
            } else {
                LoggerFactory.getLogger(Main.class).error("Tidepole cannot start", problem);
            }
            tidepole.stop();
            return FAILED;
        }
    }

    /** The first signal lets viewers go in order, and then the program ends with 0; the second ends it at once. */
    private static void stopOnSignal(Tidepole tidepole) {
        AtomicBoolean stopping = new AtomicBoolean();
        boolean handled = Signals.on(signal -> {
            if (stopping.getAndSet(true)) {
                Runtime.getRuntime().halt(SIGNALLED + signal);
            }
            new Thread(() -> stopAndExit(tidepole), "tidepole-stop").start();
        });
        if (!handled) {
            Runtime.getRuntime().addShutdownHook(new Thread(tidepole::stop, "tidepole-stop"));
        }
    }

    private static void stopAndExit(Tidepole tidepole) {
        int status = FAILED;
        try {
            tidepole.stop();
            status = 0;
        } catch (RuntimeException e) {
            LoggerFactory.getLogger(Main.class).error("Tidepole did not stop in order", e);
        } finally {
            System.exit(status);
        }
    }

    /** What the system says, without the name of the call that failed. */
    private static String reason(Throwable problem) {
        String message = String.valueOf(problem.getMessage());
        return message.substring(message.lastIndexOf(": ") + 1).trim();
    }

    /** An address that a browser takes. */
    private static String shown(String host) {
        if (host.equals("0.0.0.0") || host.equals("::")) {
            return "localhost";
        }
        return host.contains(":") ? "[" + host + "]" : host;
    }
}
