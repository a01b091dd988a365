package io.tidepole.ingest;

import io.tidepole.metric.Descriptor.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One thing that a sender says: a device, labels, a stamp, and values by name. Holds names as they were written, and
 * what could not be read. Used again for the next one.
 */
final class Entry {
    static final int MAX_MEASURES = 512;
    private static final int FIRST_CAPACITY = 8;
    private static final int IMPLIED = -1;

    /** What could not be taken, and why. */
    record Problem(Refusal refusal, String message) {}

    final Labels labels = new Labels();
    private final List<Problem> problems = new ArrayList<>(0);
    private final Map<String, String> units = new HashMap<>(0);
    private final Map<String, Kind> kinds = new HashMap<>(0);
    private final Set<String> deltas = new HashSet<>(0);
    private String device = "";
    private String deviceName = "";
    private int deviceRank = Naming.NO_DEVICE;
    private boolean stamped;
    private long stampMicros;
    private String[] names = new String[FIRST_CAPACITY];
    private double[] values = new double[FIRST_CAPACITY];
    private int size;
    private boolean bad;
    private String unit = "";
    private int position = -1;
    private Kind kind = Kind.GAUGE;

    Entry clear() {
        labels.clear();
        problems.clear();
        units.clear();
        kinds.clear();
        deltas.clear();
        device = "";
        deviceName = "";
        deviceRank = Naming.NO_DEVICE;
        stamped = false;
        size = 0;
        bad = false;
        unit = "";
        position = -1;
        kind = Kind.GAUGE;
        return this;
    }

    // ---- what parsers say

    /** What its sender calls its place in the body, if that is not its number from 0. */
    void position(int newPosition) {
        position = newPosition;
    }

    /** A label, or the device if the name says so and no better one did. */
    void label(String name, String value) {
        int rank = Naming.deviceRank(name);
        if (deviceRank == IMPLIED && Naming.isDeviceOnly(rank)) {
            return;
        }
        if (rank >= deviceRank) {
            labels.add(name, value);
            return;
        }
        if (deviceRank < Naming.NO_DEVICE) {
            labels.add(deviceName, device);
        }
        device = value;
        deviceName = name;
        deviceRank = rank;
    }

    /** The device, from outside of what was written: it wins over what is written. */
    void imply(String impliedDevice) {
        device = impliedDevice;
        deviceRank = IMPLIED;
    }

    void stamp(long micros) {
        stamped = true;
        stampMicros = micros;
    }

    /** A value; a name that comes twice counts once, with its last value. */
    void measure(String name, double value) {
        for (int i = 0; i < size; i++) {
            if (names[i].equals(name)) {
                values[i] = value;
                return;
            }
        }
        if (size == MAX_MEASURES) {
            reject(Refusal.TOO_MANY_MEASURES, "at most " + MAX_MEASURES + " measures");
            return;
        }
        if (size == names.length) {
            names = Arrays.copyOf(names, size * 2);
            values = Arrays.copyOf(values, size * 2);
        }
        names[size] = name;
        values[size++] = value;
    }

    /** The unit of one measure. */
    void unit(String name, String code) {
        units.put(name, code);
    }

    /** The unit of all measures. */
    void unit(String code) {
        unit = code;
    }

    void kind(Kind newKind) {
        kind = newKind;
    }

    /** The kind of one measure, where it is not that of all. */
    void kind(String name, Kind newKind) {
        kinds.put(name, newKind);
    }

    /** The value of this measure is what came since the one before it. */
    void delta(String name) {
        deltas.add(name);
    }

    /** One field cannot be taken; the others can. */
    void refuse(Refusal refusal, String message) {
        if (problems.size() < MAX_MEASURES) {
            problems.add(new Problem(refusal, message));
        }
    }

    /** Nothing of this can be taken. */
    void reject(Refusal refusal, String message) {
        if (!bad) {
            bad = true;
            problems.clear();
            problems.add(new Problem(refusal, message));
        }
    }

    // ---- what the intake asks

    /** Its place in the body, or -1 for its number. */
    int position() {
        return position;
    }

    /** Whether nothing of this can be taken. */
    boolean isBad() {
        return bad;
    }

    List<Problem> problems() {
        return problems;
    }

    /** The device, or the empty text if none is named. */
    String device() {
        return device;
    }

    boolean isStamped() {
        return stamped;
    }

    long stampMicros() {
        return stampMicros;
    }

    int size() {
        return size;
    }

    String name(int index) {
        return names[index];
    }

    double value(int index) {
        return values[index];
    }

    /** The unit that the sender gave, if it gave one. */
    Optional<String> unitOf(String name) {
        String own = units.getOrDefault(name, unit);
        return own.isEmpty() ? Optional.empty() : Optional.of(own);
    }

    /** The kind of a measure, as far as its sender said it. */
    Kind kindOf(String name) {
        return kinds.isEmpty() ? kind : kinds.getOrDefault(name, kind);
    }

    /** Whether the values of a measure have to be added up. */
    boolean isDelta(String name) {
        return !deltas.isEmpty() && deltas.contains(name);
    }
}
