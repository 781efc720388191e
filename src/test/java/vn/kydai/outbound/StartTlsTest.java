package vn.kydai.outbound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.kydai.ReadsTheDate;

/** Mails leave only encrypted, and only to a server whose certificate Java trusts for its name. */
@ReadsTheDate
class StartTlsTest {
    private static final String PASSWORD = "changeit";
    private static final List<String> TRUST =
            List.of("javax.net.ssl.trustStore", "javax.net.ssl.trustStorePassword", "javax.net.ssl.trustStoreType");

    private final Station station = new Station();

    @TempDir
    private Path directory = Path.of("");

    private KeyStore trusted;

    /** Makes Java trust the certificate of {@code trusted} and no other. */
    @BeforeEach
    void trustOneCertificate() throws Exception {
        trusted = key("trusted", "localhost");
        KeyStore trust = KeyStore.getInstance("PKCS12");
        trust.load(null, null);
        trust.setCertificateEntry("mail", trusted.getCertificate("mail"));
        trust.setCertificateEntry("other", key("elsewhere", "mail.example.vn").getCertificate("mail"));
        Path file = directory.resolve("trust.p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            trust.store(out, PASSWORD.toCharArray());
        }
        System.setProperty(TRUST.get(0), file.toString());
        System.setProperty(TRUST.get(1), PASSWORD);
        System.setProperty(TRUST.get(2), "PKCS12");
    }

    @AfterEach
    void close() {
        TRUST.forEach(System::clearProperty);
        station.close();
    }

    private KeyStore key(String file, String host) throws Exception {
        Path store = directory.resolve(file + ".p12");
        if (!Files.exists(store)) {
            Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
            List<String> line = Stream.concat(
                            Stream.of(keytool.toString(), "-genkeypair", "-alias", "mail", "-keyalg", "EC"),
                            Stream.of(
                                    "-dname",
                                    "CN=" + file,
                                    "-ext",
                                    "SAN=dns:" + host,
                                    "-keystore",
                                    store.toString(),
                                    "-storepass",
                                    PASSWORD,
                                    "-storetype",
                                    "PKCS12"))
                    .toList();
            assertEquals(
                    0,
                    new ProcessBuilder(line).redirectErrorStream(true).start().waitFor(),
                    line.toString());
        }
        return KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    }

    private static String mails(TlsMailServer server) {
        return "retry: {firstSeconds: 0.05, longestSeconds: 0.2}\nchannels:\n"
                + "  - {id: mail, kind: smtp, host: localhost, port: " + server.port()
                + ", from: kydai@example.vn, to: [truc-ban@example.vn]}\n";
    }

    @Test
    void aMailGoesOutEncryptedToAServerThatIsTrusted() throws Exception {
        try (TlsMailServer server = new TlsMailServer(trusted, PASSWORD.toCharArray())) {
            station.start(mails(server));
            station.raise("wl-1", "19867", 1);
            station.until("1", "select delivered from outbound_channel");

            assertEquals(1, server.mails.size());
            assertTrue(server.mails.get(0).contains("X-Kydai-Alarm: flood-level:wl-1"), server.mails.get(0));
            assertEquals(
                    List.of("plain EHLO example.vn", "plain STARTTLS"),
                    server.heard.stream()
                            .filter(line -> line.startsWith("plain"))
                            .toList());
        }
    }

    @Test
    void aCertificateThatIsNotTrustedGetsNothing() throws Exception {
        assertRefused(key("stranger", "localhost"));
    }

    @Test
    void aTrustedCertificateOfAnotherHostGetsNothing() throws Exception {
        assertRefused(key("elsewhere", "mail.example.vn"));
    }

    private void assertRefused(KeyStore key) throws Exception {
        try (TlsMailServer server = new TlsMailServer(key, PASSWORD.toCharArray())) {
            station.start(mails(server));
            station.raise("wl-1", "19867", 1);
            station.until("tls", "select last_error from outbound_channel");

            assertEquals(List.of(), server.mails);
            assertTrue(server.heard.contains("plain STARTTLS"), server.heard.toString());
            assertTrue(server.heard.stream().noneMatch(line -> line.startsWith("tls ")), server.heard.toString());
        }
    }
}
