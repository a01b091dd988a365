package io.tidepole.host;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The counters of one network interface since it came; errors and drops are those of both directions. */
record InterfaceCounters(
        String name,
        Kind kind,
        long receivedBytes,
        long sentBytes,
        long receivedPackets,
        long sentPackets,
        long errors,
        long drops) {

    /** What an interface is, and so whether its bytes are counted by another one too. */
    enum Kind {
        /** There is hardware behind it: the bytes of the machine. */
        HARDWARE,
        /** Virtual, with nothing below it that we see: what a container has. */
        VIRTUAL,
        /** A bridge, bond, VLAN or tunnel: its bytes pass another interface as well. */
        STACKED,
        /** Loopback, or the near end of a container's cable: not shown. */
        HIDDEN
    }

    /** From /proc/net/dev: two lines of headings, then a name and sixteen counters a line. */
    static List<InterfaceCounters> parse(String netDev, Function<String, Kind> kindOf) throws IOException {
        List<InterfaceCounters> interfaces = new ArrayList<>();
        for (String line : (Iterable<String>) netDev.lines()::iterator) {
            int colon = line.indexOf(':');
            if (colon < 0) {
                continue;
            }
            String name = line.substring(0, colon).strip();
            Kind kind = kindOf.apply(name);
            if (kind != Kind.HIDDEN) {
                interfaces.add(parse(name, kind, new Words(line, colon + 1)));
            }
        }
        return interfaces;
    }

    private static InterfaceCounters parse(String name, Kind kind, Words words) throws IOException {
        long receivedBytes = words.number();
        long receivedPackets = words.number();
        long receiveErrors = words.number();
        long receiveDrops = words.number();
        long sentBytes = words.skip(4).number();
        long sentPackets = words.number();
        long sendErrors = words.number();
        long sendDrops = words.number();
        return new InterfaceCounters(
                name,
                kind,
                receivedBytes,
                sentBytes,
                receivedPackets,
                sentPackets,
                receiveErrors + sendErrors,
                receiveDrops + sendDrops);
    }

    /** An interface that never carried anything is not worth a chart. */
    boolean wasUsed() {
        return receivedBytes != 0 || sentBytes != 0;
    }
}
