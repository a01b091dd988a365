package io.tidepole.config;

/**
 * The MQTT server. It listens on the address of the HTTP server.
 *
 * @param enabled whether there is one
 * @param port for TCP; 0 picks a free one
 * @param maxConnections clients at a time
 * @param receiveMaximum messages of one client that are not acknowledged yet
 * @param proxyProtocol whether each connection begins with the PROXY protocol
 * @param broker to take readings from
 */
public record MqttConfig(
        boolean enabled, int port, int maxConnections, int receiveMaximum, boolean proxyProtocol, BrokerConfig broker) {
    /** The registered port, which somebody else on this machine may have. */
    public static final int USUAL_PORT = 1883;

    public MqttConfig {
        Keys.MQTT_PORT.require(port);
        Keys.MQTT_MAX_CONNECTIONS.require(maxConnections);
        Keys.MQTT_RECEIVE_MAXIMUM.require(receiveMaximum);
    }

    static MqttConfig from(Values values) {
        return new MqttConfig(
                values.get(Keys.MQTT_ENABLED),
                values.get(Keys.MQTT_PORT),
                values.get(Keys.MQTT_MAX_CONNECTIONS),
                values.get(Keys.MQTT_RECEIVE_MAXIMUM),
                values.get(Keys.MQTT_PROXY_PROTOCOL),
                BrokerConfig.from(values));
    }
}
