package io.tidepole.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A plant that does not exist. */
final class Plant implements Origin {
    private final List<Machine> machines = new ArrayList<>();

    Plant(int devices) {
        for (int i = 0; i < devices; i++) {
            machines.add(new Machine(i));
        }
    }

    @Override
    public String name() {
        return "a simulated plant";
    }

    @Override
    public int devices() {
        return machines.size();
    }

    @Override
    public List<Sample> at(double seconds) {
        List<Sample> samples = new ArrayList<>(machines.size());
        for (Machine machine : machines) {
            Map<String, Double> values = machine.at(seconds);
            if (!values.isEmpty()) {
                samples.add(new Sample(machine.device, Map.of("line", machine.line), values));
            }
        }
        return samples;
    }
}
