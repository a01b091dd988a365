package io.tidepole.config;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** A server that others can reach is closed to strangers, or somebody has said in so many words that it is not. */
final class Exposure {
    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|127(\\.\\d{1,3}){3}|::1|0*(:0*){1,6}:0*1", Pattern.CASE_INSENSITIVE);

    private Exposure() {}

    static boolean isLoopback(String host) {
        return LOOPBACK.matcher(host.toLowerCase(Locale.ROOT)).matches();
    }

    /** Throws IllegalArgumentException where a record is given values that leave the server open. */
    static void require(HttpConfig http, AuthConfig auth) {
        problem(http.host(), auth.enabled(), auth.insecure()).ifPresent(reason -> {
            throw new IllegalArgumentException(Keys.HTTP_HOST.name() + ": " + reason);
        });
    }

    static void check(Values values, Report report) {
        if (!values.isRefused(Keys.HTTP_HOST)
                && !values.isRefused(Keys.AUTH_ENABLED)
                && !values.isRefused(Keys.INSECURE)) {
            problem(values.get(Keys.HTTP_HOST), values.get(Keys.AUTH_ENABLED), values.get(Keys.INSECURE))
                    .ifPresent(
                            reason -> report.add(values.source(Keys.HTTP_HOST).orElse(Keys.HTTP_HOST.name()), reason));
        }
    }

    /** Certificates give rights only where it is said who may sign them: else any authority of the world could. */
    static void checkCertificates(Values values, Report report) {
        if (values.get(Keys.AUTH_CERTIFICATES) != AuthConfig.CertificateName.NONE
                && (values.get(Keys.TLS_CLIENT_CA).isEmpty()
                        || values.get(Keys.TLS_CLIENT_AUTH) == TlsConfig.ClientAuth.NONE)) {
            report.add(
                    values.source(Keys.AUTH_CERTIFICATES).orElse(Keys.AUTH_CERTIFICATES.name()),
                    "needs tls.client_ca, and tls.client_auth: request or required");
        }
    }

    private static Optional<String> problem(String host, boolean closed, boolean insecure) {
        return isLoopback(host) || closed || insecure
                ? Optional.empty()
                : Optional.of("others can reach " + Quoted.of(host)
                        + ", and nobody has to log in: set auth.enabled: true, or insecure: true if that is meant");
    }
}
