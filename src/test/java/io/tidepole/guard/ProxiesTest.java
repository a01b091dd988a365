package io.tidepole.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tidepole.config.Config;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ProxiesTest {
    private static Proxies proxies(String trusted, String header) {
        return new Proxies(
                Config.of(Map.of("connections.trusted_proxies", trusted, "connections.forwarded_header", header))
                        .connections());
    }

    private static String client(Proxies proxies, String peer, String header, String... values) {
        return proxies.client(peer, name -> name.equals(header) ? List.of(values) : List.of());
    }

    @Test
    void header_of_a_stranger_is_not_believed() {
        assertThat(client(proxies("", "x_forwarded_for"), "203.0.113.1", "X-Forwarded-For", "198.51.100.1"))
                .isEqualTo("203.0.113.1");
        assertThat(client(proxies("10.0.0.0/8", "x_forwarded_for"), "203.0.113.1", "X-Forwarded-For", "198.51.100.1"))
                .isEqualTo("203.0.113.1");
    }

    @Test
    void client_is_the_last_address_that_no_trusted_proxy_wrote() {
        Proxies proxies = proxies("10.0.0.0/8, ::1", "x_forwarded_for");
        assertThat(client(proxies, "10.1.2.3", "X-Forwarded-For", "198.51.100.1"))
                .isEqualTo("198.51.100.1");
        assertThat(client(proxies, "10.1.2.3", "X-Forwarded-For", "1.1.1.1, 198.51.100.1, 10.9.9.9"))
                .isEqualTo("198.51.100.1");
        assertThat(client(proxies, "10.1.2.3", "X-Forwarded-For", "1.1.1.1", "198.51.100.1:4711"))
                .isEqualTo("198.51.100.1");
        assertThat(client(proxies, "0:0:0:0:0:0:0:1", "X-Forwarded-For", "[2001:db8::7]:80"))
                .isEqualTo("2001:db8:0:0:0:0:0:7");
        assertThat(client(proxies, "10.1.2.3", "X-Forwarded-For", "1.1.1.1, unknown"))
                .isEqualTo("10.1.2.3");
        assertThat(client(proxies, "10.1.2.3", "Forwarded", "for=1.1.1.1")).isEqualTo("10.1.2.3");
    }

    @Test
    void forwarded_is_read_as_its_standard_has_it() {
        Proxies proxies = proxies("10.0.0.0/8", "forwarded");
        assertThat(client(proxies, "10.1.2.3", "Forwarded", "for=192.0.2.43;proto=https, for=\"[2001:db8::1]:4711\""))
                .isEqualTo("2001:db8:0:0:0:0:0:1");
        assertThat(client(proxies, "10.1.2.3", "Forwarded", "proto=http;FOR=192.0.2.60"))
                .isEqualTo("192.0.2.60");
        assertThat(client(proxies, "10.1.2.3", "Forwarded", "for=_hidden")).isEqualTo("10.1.2.3");
        assertThat(client(proxies, "10.1.2.3", "X-Forwarded-For", "1.1.1.1")).isEqualTo("10.1.2.3");
    }

    @Test
    void network_that_is_none_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> proxies("10.0.0.0/33", "forwarded"));
        assertThatIllegalArgumentException().isThrownBy(() -> proxies("fe", "forwarded"));
    }
}
