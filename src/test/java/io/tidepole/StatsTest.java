package io.tidepole;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class StatsTest {
    @Test
    void readings_thatComeTwiceOrLate_areCountedForAllToSee(@TempDir Path folder) throws Exception {
        try (Running server = new Running(folder)) {
            long now = System.currentTimeMillis();
            String twice = "{\"deviceId\":\"a\",\"x\":1,\"timestamp\":" + now + "}";
            String late = "{\"deviceId\":\"a\",\"x\":1,\"timestamp\":" + (now - 60_000) + "}";
            assertThat(server.send("/api/v1/readings", "[" + twice + "," + twice + "," + late + "]")
                            .statusCode())
                    .isEqualTo(200);

            String wanted = "\"late\":1,\"duplicates\":1,\"doubtful\":0";
            await(server, "/api/v1/stats", wanted);
            await(server, "/api/v1/system", wanted);
            await(server, "/metrics", "tidepole_readings_duplicate_total 1.0");
        }
    }

    private static void await(Running server, String path, String wanted) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        String answer = server.get(path).body();
        while (!answer.contains(wanted)) {
            assertThat(System.nanoTime()).as(path + " " + answer).isLessThan(deadline);
            LockSupport.parkNanos(20_000_000);
            answer = server.get(path).body();
        }
    }
}
