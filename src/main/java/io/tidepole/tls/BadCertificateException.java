package io.tidepole.tls;

/** That a certificate or its key cannot be used; the message says which file and why. */
public final class BadCertificateException extends Exception {
    private static final long serialVersionUID = 1;

    BadCertificateException(String message, Throwable cause) {
        super(message, cause);
    }
}
