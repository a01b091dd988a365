package io.tidepole.config;

/**
 * Certificates. There is TLS if there is a certificate, or if one is to be made.
 *
 * @param certificate PEM file with the chain; empty for none
 * @param key PEM file with its private key
 * @param dev whether a certificate is made at the start
 * @param clientCa PEM file with those who sign clients' certificates; empty for none
 * @param clientAuth whether clients are asked for one
 * @param redirectPort plain port that sends browsers to the one with TLS; 0 for none
 * @param mqttPort port of MQTT over TLS; 0 picks a free one
 */
public record TlsConfig(
        String certificate,
        String key,
        boolean dev,
        String clientCa,
        ClientAuth clientAuth,
        int redirectPort,
        int mqttPort) {
    public TlsConfig {
        Keys.TLS_CERTIFICATE.require(certificate);
        Keys.TLS_KEY.require(key);
        Keys.TLS_CLIENT_CA.require(clientCa);
        Keys.TLS_REDIRECT_PORT.require(redirectPort);
        Keys.TLS_MQTT_PORT.require(mqttPort);
    }

    /** Whether clients are asked for a certificate. */
    public enum ClientAuth {
        NONE,
        REQUEST,
        REQUIRED
    }

    public boolean enabled() {
        return dev || !certificate.isEmpty();
    }

    static TlsConfig from(Values values) {
        return new TlsConfig(
                values.get(Keys.TLS_CERTIFICATE),
                values.get(Keys.TLS_KEY),
                values.get(Keys.TLS_DEV),
                values.get(Keys.TLS_CLIENT_CA),
                values.get(Keys.TLS_CLIENT_AUTH),
                values.get(Keys.TLS_REDIRECT_PORT),
                values.get(Keys.TLS_MQTT_PORT));
    }
}
