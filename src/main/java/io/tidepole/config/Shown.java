package io.tidepole.config;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The settings in force, by the names of their keys, for people to read. Of what is secret only that it is set. */
final class Shown {
    private static final Pattern SECRET = Pattern.compile("secret|password|token|credential|(^|[._])key(_|$)");
    private static final Pattern UNIT = Pattern.compile("_(bytes|millis|seconds)$");

    private Shown() {}

    static Map<String, String> of(Config config) {
        Map<String, String> shown = new TreeMap<>();
        for (RecordComponent part : Config.class.getRecordComponents()) {
            Object value = get(part, config);
            if (value instanceof Record group) {
                for (RecordComponent one : group.getClass().getRecordComponents()) {
                    put(shown, part.getName().toLowerCase(Locale.ROOT) + "." + snake(one.getName()), get(one, group));
                }
            } else {
                put(shown, snake(part.getName()), value);
            }
        }
        return shown;
    }

    /** Only what has a key is a setting; tables are too long to be shown. */
    private static void put(Map<String, String> shown, String name, Object value) {
        String plain = UNIT.matcher(name).replaceFirst("");
        boolean size = name.endsWith("_bytes") && value instanceof Number;
        if (Names.KEYS.containsKey(plain) && !(value instanceof Record)) {
            String text = size ? Sizes.format(((Number) value).longValue()) : text(value);
            shown.put(plain, SECRET.matcher(plain).find() && !text.isEmpty() ? "***" : text);
        }
    }

    private static String text(Object value) {
        if (value instanceof Duration duration) {
            return Durations.format(duration);
        }
        return value instanceof Enum<?> choice ? choice.name().toLowerCase(Locale.ROOT) : value.toString();
    }

    private static String snake(String name) {
        return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    private static Object get(RecordComponent component, Record owner) {
        try {
            return component.getAccessor().invoke(owner);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
