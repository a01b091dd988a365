package io.tidepole.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A certificate that this machine signs for itself, made with the JDK's own tool and kept in a folder, so that a
 * browser that was told to accept it need not be told again.
 */
final class DevCertificate {
    /** Guards nothing: the file is readable by its owner alone. */
    static final String PASSWORD = "tidepole";

    private static final long SECONDS = 60;

    private DevCertificate() {}

    /** The store; made if it is not there. */
    static Path in(Path folder) throws BadCertificateException {
        Path store = folder.resolve("dev-tls.p12");
        try {
            if (!Files.exists(store)) {
                Files.createDirectories(folder);
                make(store);
            }
            return store;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new BadCertificateException("tls.dev: interrupted", interrupted);
        } catch (IOException problem) {
            throw new BadCertificateException(
                    "tls.dev: no certificate could be made: " + problem.getMessage(), problem);
        }
    }

    private static void make(Path store) throws IOException, InterruptedException {
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process process = new ProcessBuilder(List.of(
                        keytool,
                        "-genkeypair",
                        "-keystore",
                        store.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-alias",
                        "tidepole",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=localhost",
                        "-validity",
                        "397",
                        "-ext",
                        "san=dns:localhost,ip:127.0.0.1,ip:0:0:0:0:0:0:0:1"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroy();
            throw new IOException("keytool failed");
        }
        if (Files.getFileStore(store).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(store, PosixFilePermissions.fromString("rw-------"));
        }
    }
}
