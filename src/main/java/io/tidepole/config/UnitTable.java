package io.tidepole.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Units of metrics whose senders give none, by the whole name of the metric or its last word: {@code temperature=Cel}.
 *
 * @param codes UCUM codes by name, in lower case
 */
public record UnitTable(Map<String, String> codes) {
    static final String DEFAULT_TEXT = "temperature=Cel temp=Cel dewpoint=Cel humidity=% battery=% pressure=hPa"
            + " voltage=V current=A power=W energy=kW.h frequency=Hz co2=[ppm] illuminance=lx lux=lx rssi=dB[mW]"
            + " uptime=s latency=ms";

    private static final int MAX_ENTRIES = 1_000;
    private static final Pattern NAME = Pattern.compile("[a-z_:][a-z0-9_:]{0,199}");
    private static final Pattern CODE = Pattern.compile("[!-~]{1,32}");

    public UnitTable {
        codes = Map.copyOf(codes);
    }

    /** The unit of a metric of that name or that last word. */
    public Optional<String> of(String name) {
        return Optional.ofNullable(codes.get(name));
    }

    static Kind<UnitTable> kind() {
        return new Kind.Free<>(
                UnitTable.class, "a list such as temperature=Cel humidity=%", UnitTable::parse, UnitTable::format);
    }

    private static UnitTable parse(String text) {
        Map<String, String> codes = new LinkedHashMap<>();
        for (String pair : text.strip().split("[,\\s]+")) {
            if (!pair.isEmpty()) {
                String[] sides = pair.split("=", 2);
                if (sides.length < 2
                        || !NAME.matcher(sides[0]).matches()
                        || !CODE.matcher(sides[1]).matches()) {
                    throw new IllegalArgumentException(
                            Quoted.of(pair) + " is not the name of a metric in lower case, =, and a UCUM code");
                }
                if (codes.put(sides[0], sides[1]) != null) {
                    throw new IllegalArgumentException(Quoted.of(sides[0]) + " has two units");
                }
            }
        }
        if (codes.size() > MAX_ENTRIES) {
            throw new IllegalArgumentException("more than " + MAX_ENTRIES + " units");
        }
        return new UnitTable(codes);
    }

    private String format() {
        return codes.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .sorted()
                .collect(Collectors.joining(" "));
    }
}
