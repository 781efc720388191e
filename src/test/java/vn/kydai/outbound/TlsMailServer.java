package vn.kydai.outbound;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A mail server that takes mails only after STARTTLS (RFC 3207), which GreenMail does not know. */
final class TlsMailServer implements AutoCloseable {
    private final ServerSocket listening;
    private final SSLContext tls;

    /** What came, each line with whether it came encrypted: {@code tls MAIL FROM:<a@b>}. */
    final List<String> heard = new CopyOnWriteArrayList<>();

    /** Bodies of the mails that were taken. */
    final List<String> mails = new CopyOnWriteArrayList<>();

    /** Listens on a free port of this machine with the key of a store. */
    TlsMailServer(KeyStore key, char[] password) throws IOException, GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(key, password);
        tls = SSLContext.getInstance("TLS");
        tls.init(keys.getKeyManagers(), null, null);
        listening = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try (Socket plain = listening.accept()) {
                serve(plain);
            } catch (IOException e) {
                heard.add("broken off");
            }
        }
    }

    private void serve(Socket plain) throws IOException {
        say(plain, "220 test");
        BufferedReader lines = lines(plain);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            heard.add("plain " + line);
            if (line.equals("STARTTLS")) {
                say(plain, "220 go on");
                SSLSocket secret = (SSLSocket) tls.getSocketFactory()
                        .createSocket(plain, plain.getInetAddress().getHostAddress(), plain.getPort(), false);
                secret.setUseClientMode(false);
                secret.startHandshake();
                takeMails(secret);
                return;
            }
            say(plain, line.startsWith("EHLO") ? "250-test\r\n250 STARTTLS" : "530 STARTTLS first");
        }
    }

    private void takeMails(Socket secret) throws IOException {
        BufferedReader lines = lines(secret);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            heard.add("tls " + line);
            if (line.equals("DATA")) {
                say(secret, "354 go on");
                List<String> mail = new ArrayList<>();
                for (String text = lines.readLine(); !".".equals(text); text = lines.readLine()) {
                    mail.add(text);
                }
                mails.add(String.join("\n", mail));
            }
            say(secret, line.equals("QUIT") ? "221 bye" : "250 ok");
        }
    }

    private static BufferedReader lines(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    private static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write((text + "\r\n").getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
