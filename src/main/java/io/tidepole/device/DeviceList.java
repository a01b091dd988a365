package io.tidepole.device;

import io.tidepole.protocol.JsonBytes;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** The answer to a question about devices: how many there are of each state, and those on the page asked for. */
final class DeviceList {
    private final long nowMicros;
    private final Map<DeviceState, Integer> counts = new EnumMap<>(DeviceState.class);
    private final int total;
    private final List<DeviceView> page;

    /** States are counted over all that the search finds; the page is of the states asked for. */
    DeviceList(Stream<DeviceView> all, DeviceQuery query, long nowMicros) {
        this.nowMicros = nowMicros;
        List<String> words = query.words();
        List<DeviceView> found =
                all.filter(view -> hasAll(view.device(), words)).toList();
        found.forEach(view -> counts.merge(view.state(), 1, Integer::sum));
        List<DeviceView> wanted = found.stream()
                .filter(view -> query.states().isEmpty() || query.states().contains(view.state()))
                .sorted(query.order())
                .toList();
        total = wanted.size();
        page = wanted.stream().skip(query.offset()).limit(query.limit()).toList();
    }

    private static boolean hasAll(String name, List<String> words) {
        if (words.isEmpty()) {
            return true;
        }
        String lower = name.toLowerCase(Locale.ROOT);
        return words.stream().allMatch(lower::contains);
    }

    /** One object a device. */
    byte[] objects() {
        JsonBytes json = head(192).raw(",\"devices\":[");
        for (int i = 0; i < page.size(); i++) {
            if (i > 0) {
                json.put(',');
            }
            page.get(i).write(json);
        }
        return json.raw("]}").toByteArray();
    }

    /** One list a figure: a fraction of the bytes, for pages that hold thousands. */
    byte[] columns() {
        JsonBytes json = head(48).raw(",\"device\":[");
        for (int i = 0; i < page.size(); i++) {
            if (i > 0) {
                json.put(',');
            }
            json.text(page.get(i).device());
        }
        json.raw("],\"state\":\"");
        page.forEach(view -> json.put(view.state().wireName().charAt(0)));
        json.put('"');
        column(json, "age", view -> view.readings() == 0 ? -1 : (nowMicros - view.lastSeenMicros()) / 1_000);
        column(json, "cadence", view -> (view.cadenceMicros() + 999) / 1_000);
        column(json, "refused", DeviceView::refused);
        return json.put('}').toByteArray();
    }

    private JsonBytes head(int bytesEach) {
        JsonBytes json = new JsonBytes(256 + bytesEach * page.size());
        json.raw("{\"t\":").number(nowMicros / 1_000).raw(",\"total\":").number(total);
        json.raw(",\"counts\":");
        char separator = '{';
        for (DeviceState state : DeviceState.values()) {
            json.put(separator).put('"').raw(state.wireName()).raw("\":").number(counts.getOrDefault(state, 0));
            separator = ',';
        }
        return json.put('}');
    }

    private void column(JsonBytes json, String name, ToLongFunction<DeviceView> value) {
        json.raw(",\"").raw(name).raw("\":[");
        for (int i = 0; i < page.size(); i++) {
            if (i > 0) {
                json.put(',');
            }
            json.number(value.applyAsLong(page.get(i)));
        }
        json.put(']');
    }
}
