package io.tidepole.host;

import io.tidepole.metric.Descriptor;
import io.tidepole.metric.Unit;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Temperatures and fans, where there are any. */
final class SensorProbe implements Probe {
    private final Source<List<SensorValue>> source;
    private final HostSeries series;
    private final Map<String, Descriptor> temperatures = new HashMap<>();
    private final Map<String, Descriptor> fans = new HashMap<>();

    SensorProbe(HostSeries series, Source<List<SensorValue>> source) {
        this.source = source;
        this.series = series;
    }

    @Override
    public void measure(long nanos, Sample sample) throws IOException {
        for (SensorValue sensor : source.read()) {
            sample.add(descriptor(sensor), sensor.value());
        }
    }

    private Descriptor descriptor(SensorValue sensor) {
        return switch (sensor.kind()) {
            case TEMPERATURE ->
                temperatures.computeIfAbsent(
                        sensor.name(), name -> series.of("host_temperature", Unit.CELSIUS, "sensor", name));
            case FAN ->
                fans.computeIfAbsent(sensor.name(), name -> series.of("fan_speed", Unit.PER_MINUTE, "fan", name));
        };
    }
}
