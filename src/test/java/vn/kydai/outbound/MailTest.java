package vn.kydai.outbound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import vn.kydai.ReadsTheDate;
import vn.kydai.it.FreePort;

/** Alarms mailed to a real SMTP server. */
@ReadsTheDate
class MailTest {
    private final Station station = new Station();
    private GreenMail server;
    private int port;

    @BeforeEach
    void choosePort() {
        port = FreePort.find();
        server = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.setUser("truc-ban@example.vn", "kydai", "right");
        station.environment.put("MAIL_PASSWORD", "right");
    }

    @AfterEach
    void close() {
        server.stop();
        station.close();
    }

    private String mails(String more) {
        return "retry: {firstSeconds: 0.05, longestSeconds: 0.2}\nchannels:\n"
                + "  - {id: mail, kind: smtp, host: 127.0.0.1, port: " + port + ", security: none, user: kydai,"
                + " password: {env: MAIL_PASSWORD}, from: kydai@example.vn, to: [truc-ban@example.vn]" + more + "}\n";
    }

    @Test
    void aStepIsAMailWithTheKeyAsItsMessageId() throws Exception {
        server.start();
        station.start(mails(""));
        station.raise("wl-1", "19867", 1);
        station.until("1", "select delivered from outbound_channel");
        MimeMessage mail = server.getReceivedMessages()[0];

        String key = station.query("select key from outbound").iterator().next().getString(0);
        assertEquals("<" + key + "@example.vn>", mail.getMessageID());
        assertEquals("Cảnh báo (cao): Sịa, wl-1", mail.getSubject());
        assertEquals("auto-generated", mail.getHeader("Auto-Submitted", null));
        assertEquals("flood-level:wl-1", mail.getHeader("X-Kydai-Alarm", null));
        assertTrue(mail.getContentType().startsWith("text/plain"), mail.getContentType());
        String text = mail.getContent().toString();
        assertTrue(text.contains("Sịa: wl-1 3,11 m. Mực nước") && text.contains(key), text);
    }

    @Test
    void whileTheServerIsDeadMailsWaitAndAreDeliveredOnceItIsBack() throws Exception {
        station.start(mails(""));
        station.raise("wl-1", "19867", 1);
        station.clear("wl-1", "19867");
        station.until("unreachable", "select last_error from outbound_channel");
        server.start();
        station.until("2", "select delivered from outbound_channel");

        assertEquals(List.of("Cảnh báo (cao): Sịa, wl-1", "Đã trở lại bình thường (cao): Sịa, wl-1"), subjects());
    }

    private List<String> subjects() throws Exception {
        return Stream.of(server.getReceivedMessages())
                .map(mail -> {
                    try {
                        return mail.getSubject();
                    } catch (jakarta.mail.MessagingException e) {
                        throw new AssertionError(e);
                    }
                })
                .toList();
    }

    @Test
    void inAFloodOneMailTellsOfMany() throws Exception {
        server.start();
        station.start(mails(", mostInTenMinutes: 2, digestSeconds: 3600"));
        station.raise("wl-1", "19867", 1);
        station.until("1", "select delivered from outbound_channel");
        station.raise("wl-2", "19867", 1);
        station.until("2", "select delivered from outbound_channel");
        for (int alarm = 3; alarm < 9; alarm++) {
            station.raise("wl-" + alarm, "19867", 1);
        }
        station.until("6", "select count(*) from outbound where state = 'waiting'");
        station.ahead = Duration.ofMinutes(9);
        station.until("2", "select delivered from outbound_channel");
        station.ahead = Duration.ofMinutes(61);
        station.until("8", "select delivered from outbound_channel");

        assertEquals(3, server.getReceivedMessages().length);
        String digest = server.getReceivedMessages()[2].getContent().toString();
        assertEquals(6, digest.split("msg_", -1).length - 1);
        assertTrue(
                subjects().get(2).startsWith("6 tin cảnh báo, từ "), subjects().get(2));
    }

    @Test
    void aWrongPasswordHoldsTheChannelUntilItIsRight() throws Exception {
        station.environment.put("MAIL_PASSWORD", "wrong");
        server.start();
        station.start(mails(""));
        station.raise("wl-1", "19867", 1);
        station.until("reply 535", "select last_error from outbound_channel");
        station.environment.put("MAIL_PASSWORD", "right");
        station.until("1", "select delivered from outbound_channel");

        assertEquals(1, server.getReceivedMessages().length);
    }
}
