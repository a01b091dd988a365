package io.tidepole.auth;

import io.tidepole.config.AuthConfig.CertificateName;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * Devices that prove who they are with a certificate (RFC 5280): it names one device, whose readings may be sent. Who
 * signs such certificates was checked by TLS.
 */
final class DeviceCertificates {
    /** What the ids of their principals begin with. */
    static final String ID = "certificate:";

    /** A star in a name would stand for other devices. */
    private static final Pattern NAME = Pattern.compile("[^*\\p{Cntrl}]{1,256}");

    /** GeneralName's choice of a DNS name (RFC 5280, section 4.2.1.6). */
    private static final int DNS_NAME = 2;

    private final CertificateName rule;

    DeviceCertificates(CertificateName rule) {
        this.rule = rule;
    }

    /** The device at the other end, if it has shown a certificate that names one. */
    Optional<Principal> device(@Nullable SSLSession session) {
        if (session == null || rule == CertificateName.NONE) {
            return Optional.empty();
        }
        try {
            return session.getPeerCertificates()[0] instanceof X509Certificate certificate
                    ? principal(certificate)
                    : Optional.empty();
        } catch (SSLPeerUnverifiedException none) {
            return Optional.empty();
        } catch (GeneralSecurityException | InvalidNameException unreadable) {
            return Optional.empty();
        }
    }

    private Optional<Principal> principal(X509Certificate certificate)
            throws GeneralSecurityException, InvalidNameException {
        Optional<String> name =
                switch (rule) {
                    case NONE -> Optional.empty();
                    case COMMON_NAME -> commonName(certificate);
                    case DNS_NAME -> dnsName(certificate);
                };
        String id = ID
                + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()), 0, 6);
        return name.filter(NAME.asMatchPredicate())
                .map(device -> new Principal(
                        id,
                        device,
                        new Grant(ReadRights.NONE, new WriteRights(List.of(device)), false, false),
                        certificate.getNotAfter().toInstant().toEpochMilli()));
    }

    private static Optional<String> commonName(X509Certificate certificate) throws InvalidNameException {
        List<Rdn> names = new LdapName(certificate.getSubjectX500Principal().getName()).getRdns();
        // The last in this list is the first of the text: the most exact.
        for (int i = names.size() - 1; i >= 0; i--) {
            if (names.get(i).getType().equalsIgnoreCase("CN")) {
                Object value = names.get(i).getValue();
                return Optional.of(
                        value instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : value.toString());
            }
        }
        return Optional.empty();
    }

    private static Optional<String> dnsName(X509Certificate certificate) throws GeneralSecurityException {
        Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        return names == null
                ? Optional.empty()
                : names.stream()
                        .filter(name -> name.get(0).equals(DNS_NAME))
                        .map(name -> String.valueOf(name.get(1)))
                        .findFirst();
    }
}
