package io.tidepole.bench;

/** What {@code bench --help} says. */
final class Help {
    private Help() {}

    static String text() {
        StringBuilder text = new StringBuilder(
                """
                bench [options]         opens viewers, feeds readings, checks and measures
                bench naive-server [--port=8090] [--level=6] [--deflate=true]
                                        a plain server that writes to each viewer, to compare with

                """);
        for (Flag flag : Flag.values()) {
            String name = flag.text() + (flag.standard().isEmpty() ? "=..." : "=" + flag.standard());
            if (name.length() > 24) {
                text.append("  ").append(name).append('\n').append(" ".repeat(28));
            } else {
                text.append("  %-24s  ".formatted(name));
            }
            text.append(flag.help()).append('\n');
        }
        return text.append(
                        """

                Give --server-pid for CPU and memory. For figures that can be repeated, pin the
                server and this tool to different cores (taskset -c 0 ..., taskset -c 1 ...).
                Exit code: 0 good, 1 not done, 2 bad arguments, 3 wrong data received, 4 void,
                since this tool was too busy itself.
                """)
                .toString();
    }
}
