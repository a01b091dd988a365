package io.tidepole.ingest;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** The labels of one entry as its sender wrote them. Used again for the next one; a copy serves as a key. */
final class Labels {
    private static final int FIRST_CAPACITY = 8;

    private String[] names;
    private String[] values;
    private int size;
    private int hash;

    Labels() {
        this(new String[FIRST_CAPACITY], new String[FIRST_CAPACITY], 0, 0);
    }

    private Labels(String[] names, String[] values, int size, int hash) {
        this.names = names;
        this.values = values;
        this.size = size;
        this.hash = hash;
    }

    void clear() {
        size = 0;
        hash = 0;
    }

    int size() {
        return size;
    }

    String name(int index) {
        return names[index];
    }

    String value(int index) {
        return values[index];
    }

    void add(String name, String value) {
        if (size == names.length) {
            names = Arrays.copyOf(names, size * 2);
            values = Arrays.copyOf(values, size * 2);
        }
        names[size] = name;
        values[size++] = value;
        hash = 31 * (31 * hash + name.hashCode()) + value.hashCode();
    }

    Labels copy() {
        return new Labels(Arrays.copyOf(names, size), Arrays.copyOf(values, size), size, hash);
    }

    /** Under our names; of two that become one name the later wins. */
    Map<String, String> cleaned() {
        Map<String, String> map = new TreeMap<>();
        for (int i = 0; i < size; i++) {
            map.put(Naming.label(names[i]), values[i]);
        }
        return map;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Labels that
                && size == that.size
                && hash == that.hash
                && Arrays.equals(names, 0, size, that.names, 0, size)
                && Arrays.equals(values, 0, size, that.values, 0, size);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
