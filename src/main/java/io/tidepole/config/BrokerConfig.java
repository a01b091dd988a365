package io.tidepole.config;

import java.net.URI;
import java.util.Arrays;
import java.util.List;

/**
 * An MQTT broker that people run already, whose messages are readings here.
 *
 * @param address {@code mqtt://host:port}, or {@code mqtts://} for TLS; empty for none
 * @param topics filters of topics, with wildcards
 * @param user to log in as; empty for nobody
 * @param passwordFile the file with its password; empty for none
 * @param authorityFile the file with the certificate that signed the broker's, in PEM; empty for those that Java trusts
 */
public record BrokerConfig(
        String address, List<String> topics, String user, String passwordFile, String authorityFile) {
    static final String ADDRESS_PATTERN = "(mqtts?://[^\\s/:@\\[\\]]+(:[1-9]\\d{0,4})?)?";
    static final String TOPICS_PATTERN = "[^\\s\\p{Cntrl}]+( [^\\s\\p{Cntrl}]+){0,63}";
    private static final int PLAIN_PORT = 1_883;
    private static final int TLS_PORT = 8_883;

    public BrokerConfig {
        Keys.MQTT_BROKER.require(address);
        topics = List.copyOf(topics);
    }

    public boolean isWanted() {
        return !address.isEmpty();
    }

    public String host() {
        return URI.create(address).getHost();
    }

    public int port() {
        int named = URI.create(address).getPort();
        return named > 0 ? named : isSecure() ? TLS_PORT : PLAIN_PORT;
    }

    public boolean isSecure() {
        return address.startsWith("mqtts:");
    }

    static BrokerConfig from(Values values) {
        return new BrokerConfig(
                values.get(Keys.MQTT_BROKER),
                Arrays.asList(values.get(Keys.MQTT_BROKER_TOPICS).split(" ")),
                values.get(Keys.MQTT_BROKER_USER),
                values.get(Keys.MQTT_BROKER_PASSWORD_FILE),
                values.get(Keys.MQTT_BROKER_AUTHORITY_FILE));
    }
}
