package io.tidepole.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

/** The load tool: {@code bench} opens viewers against a server, feeds it, and says what it did. */
public final class Bench {
    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int BAD_USAGE = 2;

    private Bench() {}

    /** Without the rest of the program. */
    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.out));
    }

    /**
     * Runs what the arguments ask for, progress to the standard error.
     *
     * @return 0 for a run that is good; 1 if it could not be done; 2 for arguments that make no sense; 3 if viewers
     *     received what they should not; 4 if the tool itself was too busy for the figures to count
     */
    public static int run(List<String> arguments, PrintStream out) {
        PrintStream progress = System.err;
        if (arguments.contains("--help")) {
            out.print(Help.text());
            return DONE;
        }
        try {
            if (!arguments.isEmpty() && arguments.get(0).equals("naive-server")) {
                return NaiveServer.run(arguments.subList(1, arguments.size()), out);
            }
            Results results = new Run(Options.of(Flags.parse(arguments)), progress).execute();
            out.print(results.table());
            results.writeJson();
            return results.exitCode();
        } catch (UsageException e) {
            progress.println("bench: " + e.getMessage() + "; bench --help tells what there is");
            return BAD_USAGE;
        } catch (IOException e) {
            progress.println("bench: " + e.getMessage());
            return FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return FAILED;
        }
    }
}
