package io.tidepole.tls;

import io.tidepole.config.TlsConfig;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import javax.net.ssl.KeyManager;
import javax.net.ssl.X509ExtendedKeyManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's certificate. Its files are looked at now and then, and taken when they have changed; a pair that cannot
 * be used is said aloud, and the one before stays. The file of those who sign clients' certificates is read once.
 */
public final class Certificates {
    private static final Logger log = LoggerFactory.getLogger(Certificates.class);
    private static final long LOOK_EVERY_MILLIS = 5_000;

    private final Vertx vertx;
    private final TlsConfig settings;
    private final KeyCertOptions source;
    private final List<Path> files;
    private final CurrentKey key;
    private String fingerprint;

    private Certificates(Vertx vertx, TlsConfig settings, KeyCertOptions source, List<Path> files)
            throws BadCertificateException {
        this.vertx = vertx;
        this.settings = settings;
        this.source = source;
        this.files = files;
        this.fingerprint = fingerprint();
        this.key = new CurrentKey(load());
    }

    /** Reads the files, or makes a certificate in the folder; blocks. */
    public static Certificates load(Vertx vertx, TlsConfig settings, Path folder) throws BadCertificateException {
        if (settings.certificate().isEmpty()) {
            Path store = DevCertificate.in(folder);
            PfxOptions options = new PfxOptions().setPath(store.toString()).setPassword(DevCertificate.PASSWORD);
            return new Certificates(vertx, settings, options, List.of(store));
        }
        return new Certificates(
                vertx,
                settings,
                new PemKeyCertOptions().setCertPath(settings.certificate()).setKeyPath(settings.key()),
                List.of(Path.of(settings.certificate()), Path.of(settings.key())));
    }

    /** Begins to look after the files. */
    public void watch() {
        vertx.setPeriodic(LOOK_EVERY_MILLIS, timer -> vertx.executeBlocking(
                        () -> {
                            refresh();
                            return true;
                        },
                        false)
                .onFailure(problem -> log.error("certificates could not be looked at", problem)));
    }

    /** Takes the files if they have changed; blocks. */
    synchronized void refresh() {
        String now = fingerprint();
        if (now.equals(fingerprint)) {
            return;
        }
        try {
            key.replace(load());
            fingerprint = now;
            log.info("the certificate was renewed");
        } catch (BadCertificateException bad) {
            log.warn("the certificate stays as it was: {}", bad.getMessage());
        }
    }

    /** Lets a server speak TLS 1.2 and 1.3 with this certificate. */
    public void apply(NetServerOptions options, Duration handshake) {
        options.setSsl(true)
                .setKeyCertOptions(KeyCertOptions.wrap(key))
                .setEnabledSecureTransportProtocols(Set.of("TLSv1.2", "TLSv1.3"))
                .setSslHandshakeTimeout(handshake.toMillis())
                .setSslHandshakeTimeoutUnit(java.util.concurrent.TimeUnit.MILLISECONDS)
                .setClientAuth(
                        switch (settings.clientAuth()) {
                            case NONE -> ClientAuth.NONE;
                            case REQUEST -> ClientAuth.REQUEST;
                            case REQUIRED -> ClientAuth.REQUIRED;
                        });
        if (!settings.clientCa().isEmpty()) {
            options.setTrustOptions(new PemTrustOptions().addCertPath(settings.clientCa()));
        }
    }

    private X509ExtendedKeyManager load() throws BadCertificateException {
        try {
            for (KeyManager manager : source.copy().getKeyManagerFactory(vertx).getKeyManagers()) {
                if (manager instanceof X509ExtendedKeyManager found) {
                    checkPair(found);
                    return found;
                }
            }
            throw new IOException("there is no key in it");
        } catch (Exception problem) { // the loader declares no other
            throw new BadCertificateException("tls.certificate, tls.key: " + problem.getMessage(), problem);
        }
    }

    /** Half of a renewed pair may be there before the other. */
    private static void checkPair(X509ExtendedKeyManager manager) throws Exception {
        for (String type : List.of("RSA", "EC", "EdDSA")) {
            String[] aliases = manager.getServerAliases(type, null);
            if (aliases != null && aliases.length > 0) {
                X509Certificate[] chain = manager.getCertificateChain(aliases[0]);
                PrivateKey secret = manager.getPrivateKey(aliases[0]);
                if (chain == null || secret == null || !Pair.fits(chain[0], secret)) {
                    throw new IOException("the key is not the certificate's");
                }
                return;
            }
        }
        throw new IOException("no certificate for RSA, EC or EdDSA");
    }

    private String fingerprint() {
        StringBuilder all = new StringBuilder();
        for (Path file : files) {
            try {
                all.append(Files.getLastModifiedTime(file).toMillis())
                        .append(' ')
                        .append(Files.size(file))
                        .append(' ');
            } catch (IOException missing) {
                all.append("missing ");
            }
        }
        return all.toString();
    }
}
