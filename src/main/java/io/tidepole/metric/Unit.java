package io.tidepole.metric;

/**
 * A unit of measure as a UCUM code, case-sensitive, as OpenTelemetry writes it: {@code %}, {@code Cel}, {@code By/s}.
 *
 * @param code the UCUM code; "1" for a bare number
 */
public record Unit(String code) {
    public static final Unit ONE = new Unit("1");
    public static final Unit PERCENT = new Unit("%");
    public static final Unit BYTES = new Unit("By");
    public static final Unit BYTES_PER_SECOND = new Unit("By/s");
    public static final Unit PER_SECOND = new Unit("1/s");
    public static final Unit PER_MINUTE = new Unit("/min");
    public static final Unit SECONDS = new Unit("s");
    public static final Unit MILLISECONDS = new Unit("ms");
    public static final Unit MILLISECONDS_PER_SECOND = new Unit("ms/s");
    public static final Unit CELSIUS = new Unit("Cel");

    public Unit {
        if (code.isEmpty()) {
            throw new IllegalArgumentException("a unit needs a code; use 1 for a bare number");
        }
    }
}
