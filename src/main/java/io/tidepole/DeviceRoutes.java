package io.tidepole;

import io.tidepole.device.DeviceQuery;
import io.tidepole.device.DeviceState;
import io.tidepole.device.Devices;
import io.tidepole.web.Answers;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/** What is asked about devices over HTTP; see {@code docs/ingest.md}. */
final class DeviceRoutes {
    private final Devices devices;
    private final LongSupplier nowMicros;
    private final Function<RoutingContext, Predicate<String>> mayRead;

    /** Devices as of now, as far as whoever asks may know of them. */
    DeviceRoutes(Devices devices, LongSupplier nowMicros, Function<RoutingContext, Predicate<String>> mayRead) {
        this.devices = devices;
        this.nowMicros = nowMicros;
        this.mayRead = mayRead;
    }

    void mount(Router router) {
        router.get("/api/v1/devices").handler(this::list);
    }

    private void list(RoutingContext request) {
        DeviceQuery query;
        try {
            query = query(request);
        } catch (IllegalArgumentException e) {
            Answers.error(request, 400, "bad_request", String.valueOf(e.getMessage()));
            return;
        }
        boolean columns = first(request, "form").equals("columns");
        Predicate<String> readable = mayRead.apply(request);
        long now = nowMicros.getAsLong();
        request.vertx()
                .executeBlocking(
                        () -> columns ? devices.columns(query, readable, now) : devices.json(query, readable, now),
                        false)
                .onSuccess(json -> Answers.json(request, json))
                .onFailure(request::fail);
    }

    private static DeviceQuery query(RoutingContext request) {
        DeviceQuery all = DeviceQuery.all();
        String sort = first(request, "sort");
        boolean descending = sort.startsWith("-");
        String by = descending ? sort.substring(1) : sort;
        return new DeviceQuery(
                first(request, "device"),
                first(request, "search"),
                states(request.queryParam("state")),
                by.isEmpty()
                        ? all.sort()
                        : DeviceQuery.Sort.byName(by)
                                .orElseThrow(() -> new IllegalArgumentException(
                                        "sort is name, state, age or refused, with - in front for the other way")),
                descending,
                number(request, "offset", 0),
                number(request, "limit", all.limit()));
    }

    private static Set<DeviceState> states(List<String> names) {
        Set<DeviceState> states = EnumSet.noneOf(DeviceState.class);
        for (String name : names) {
            try {
                states.add(DeviceState.valueOf(name.toUpperCase(Locale.ROOT)));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("state is live, stale or offline", e);
            }
        }
        return states;
    }

    private static String first(RoutingContext request, String name) {
        return request.queryParam(name).stream().findFirst().orElse("");
    }

    private static int number(RoutingContext request, String name, int otherwise) {
        String text = first(request, name);
        try {
            return text.isEmpty() ? otherwise : Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " is a whole number", e);
        }
    }
}
