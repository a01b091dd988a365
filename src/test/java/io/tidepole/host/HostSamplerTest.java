package io.tidepole.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidepole.config.HostConfig;
import io.tidepole.metric.ReadingBatch;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** On the machine that runs the test. */
@Timeout(30)
final class HostSamplerTest {
    private final Vertx vertx = Vertx.vertx();
    private final BlockingQueue<ReadingBatch> batches = new LinkedBlockingQueue<>();

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void sampler_onThisMachine_publishesSaneValues() throws Exception {
        HostSampler sampler = deploy(new HostConfig("quay-01", Duration.ofMillis(100), Duration.ofSeconds(1), true));
        Map<String, Double> values = new HashMap<>();
        while (!values.keySet()
                .containsAll(List.of("cpu_usage", "memory_usage", "uptime", "jvm_cpu_usage", "process_count"))) {
            ReadingBatch batch = batches.take();
            assertThat(batch.series(0).key().label("host")).isEqualTo("quay-01");
            values.putAll(Found.in(batch));
        }
        assertThat(values.get("cpu_usage")).isBetween(0.0, 100.0);
        assertThat(values.get("memory_usage")).isBetween(0.1, 100.0);
        assertThat(values.get("memory_used")).isBetween(1e6, values.get("memory_total"));
        assertThat(values.get("process_count")).isPositive();
        assertThat(values.get("uptime")).isPositive();
        assertThat(values)
                .allSatisfy((name, value) -> assertThat(value).as(name).isFinite());
        while (sampler.processes().timeMillis() == 0) {
            batches.take();
        }
        assertThat(sampler.processes().processes()).isNotEmpty();
        assertThat(sampler.failures()).isEmpty();
    }

    @Test
    void sampler_onThisMachine_samplesOffTheEventLoopAtThreeQuarters() throws Exception {
        deploy(new HostConfig("", Duration.ofSeconds(1), Duration.ofSeconds(5), true));
        ReadingBatch batch = batches.take();
        while (!Found.in(batch).containsKey("cpu_usage")) {
            batch = batches.take();
        }
        assertThat(batch.timeMicros(0) / 1000 % 1000).isGreaterThanOrEqualTo(750);
    }

    @Test
    void info_afterAWhile_knowsTheMachine() throws Exception {
        HostSampler sampler = deploy(new HostConfig("", Duration.ofMillis(100), Duration.ofSeconds(5), true));
        assertThat(sampler.info().name()).isNotEmpty();
        while (sampler.info().memoryTotal().isEmpty()) {
            batches.take();
        }
        assertThat(sampler.info().bootTimeMillis().orElseThrow()).isPositive().isLessThan(System.currentTimeMillis());
        assertThat(sampler.info().cores()).isPositive();
        assertThat(sampler.info().os()).isNotBlank();
    }

    @Test
    void sampler_stopped_endsItsThread() throws Exception {
        HostSampler sampler = deploy(new HostConfig("", Duration.ofMillis(100), Duration.ofSeconds(5), true));
        batches.take();
        Thread thread = Thread.getAllStackTraces().keySet().stream()
                .filter(each -> each.getName().equals("tidepole-host"))
                .findFirst()
                .orElseThrow();
        sampler.stop().toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
        thread.join(5_000);
        assertThat(thread.isAlive()).isFalse();
    }

    @Test
    void sampler_notEnabled_startsAndStopsAndDoesNothing() throws Exception {
        HostSampler sampler = deploy(new HostConfig("", Duration.ofMillis(100), Duration.ofSeconds(5), false));
        assertThat(sampler.processes()).isEqualTo(ProcessSnapshot.NONE);
        sampler.stop().toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
        assertThat(batches).isEmpty();
    }

    private HostSampler deploy(HostConfig config) throws Exception {
        HostSampler sampler = new HostSampler(config, batches::add, HostSamplerTest::nowMicros);
        vertx.deployVerticle(sampler).toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        return sampler;
    }

    private static long nowMicros() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000 + now.getNano() / 1000;
    }
}
