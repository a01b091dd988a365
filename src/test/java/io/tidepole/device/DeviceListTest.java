package io.tidepole.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class DeviceListTest {
    private static final long START = 1_769_860_800_000_000L;
    private static final long SECOND = 1_000_000;
    private static final Pattern NAME = Pattern.compile("\"device\":\"([^\"]+)\"");

    private final Devices devices = new Devices(1_000);
    private final long now = START + 100 * SECOND;

    @BeforeEach
    void threeThatSend() {
        sendsUntil("line-1-press", now);
        sendsUntil("line-1-Pump", now - 20 * SECOND);
        sendsUntil("line-2-oven", now - 90 * SECOND);
        devices.refused("line-1-press", "too_old", "the timestamp is older", now);
    }

    private void sendsUntil(String device, long lastMicros) {
        for (int back = 3; back >= 0; back--) {
            devices.account(device).accepted(1, lastMicros - back * SECOND);
        }
    }

    private String ask(DeviceQuery query) {
        return new String(devices.json(query, device -> true, now), StandardCharsets.UTF_8);
    }

    private List<String> names(DeviceQuery query) {
        return NAME.matcher(ask(query)).results().map(found -> found.group(1)).toList();
    }

    private static DeviceQuery search(String words, DeviceState... states) {
        return new DeviceQuery("", words, Set.of(states), DeviceQuery.Sort.NAME, false, 0, 10);
    }

    private static DeviceQuery sorted(DeviceQuery.Sort sort, boolean descending) {
        return new DeviceQuery("", "", Set.of(), sort, descending, 0, 10);
    }

    @Test
    void search_everyWord_mustBeInTheNameInAnyCase() {
        assertThat(names(search("pump LINE"))).containsExactly("line-1-Pump");
        assertThat(names(search("line-1"))).containsExactly("line-1-Pump", "line-1-press");
        assertThat(names(search("pump oven"))).isEmpty();
    }

    @Test
    void states_areCountedOverWhatTheSearchFindsAndFilterThePage() {
        assertThat(names(search("", DeviceState.STALE, DeviceState.OFFLINE)))
                .containsExactly("line-1-Pump", "line-2-oven");
        assertThat(ask(search("line-1", DeviceState.LIVE)))
                .contains("\"total\":1,\"counts\":{\"live\":1,\"stale\":1,\"offline\":0}");
    }

    @Test
    void sort_eachWay_isTurnedRoundByDescending() {
        assertThat(names(sorted(DeviceQuery.Sort.STATE, false)))
                .containsExactly("line-2-oven", "line-1-Pump", "line-1-press");
        assertThat(names(sorted(DeviceQuery.Sort.AGE, true)))
                .containsExactly("line-1-press", "line-1-Pump", "line-2-oven");
        assertThat(names(sorted(DeviceQuery.Sort.REFUSED, false))).startsWith("line-1-press");
    }

    @Test
    void page_isAsLongAsAskedFor() {
        assertThat(names(new DeviceQuery("", "", Set.of(), DeviceQuery.Sort.NAME, false, 1, 1)))
                .containsExactly("line-1-press");
        assertThat(ask(new DeviceQuery("", "", Set.of(), DeviceQuery.Sort.NAME, false, 1, 1)))
                .contains("\"total\":3");
    }

    @Test
    void query_outOfBounds_isRefused() {
        assertThatThrownBy(() -> new DeviceQuery("", "", Set.of(), DeviceQuery.Sort.NAME, false, 0, 50_001))
                .hasMessage("limit is 1 to 50000");
        assertThatThrownBy(() -> search("x".repeat(257))).hasMessage("search is at most 256 characters");
    }

    @Test
    void columns_areOneListAFigure() {
        assertThat(new String(devices.columns(search("line-1"), device -> true, now), StandardCharsets.UTF_8))
                .isEqualTo("{\"t\":1769860900000,\"total\":2,\"counts\":{\"live\":1,\"stale\":1,\"offline\":0},"
                        + "\"device\":[\"line-1-Pump\",\"line-1-press\"],\"state\":\"sl\",\"age\":[20000,0],"
                        + "\"cadence\":[1000,1000],\"refused\":[0,1]}");
    }

    @Test
    void device_thatMayNotBeRead_isNeitherListedNorCounted() {
        String seen = new String(
                devices.json(DeviceQuery.all(), device -> device.startsWith("line-2"), now), StandardCharsets.UTF_8);
        assertThat(seen).contains("\"total\":1").doesNotContain("line-1");
    }

    @Test
    void oneDevice_isAskedForByItsWholeName() {
        assertThat(names(new DeviceQuery("line-1-press", "", Set.of(), DeviceQuery.Sort.NAME, false, 0, 10)))
                .containsExactly("line-1-press");
        assertThat(names(new DeviceQuery("line-1", "", Set.of(), DeviceQuery.Sort.NAME, false, 0, 10)))
                .isEmpty();
    }
}
