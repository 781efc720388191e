package vn.kydai.outbound;

import static java.util.Objects.requireNonNull;

import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;
import vn.kydai.config.Settings;
import vn.kydai.event.Place;
import vn.kydai.registry.AlarmRule.Guidance;
import vn.kydai.registry.WorkingCalendar;

/**
 * One message of the Common Alerting Protocol 1.2 (OASIS). Pure.
 *
 * @param messages the alarm's since it was raised, the oldest first; the last is the one that is written
 * @param notice what the last one tells
 * @param code code of the area at the General Statistics Office (GSO)
 * @param polygons of the area, each as CAP writes it
 */
record CapMessage(Settings.Cap settings, List<Sent> messages, Notice notice, String code, List<String> polygons) {
    private static final String NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx", Locale.ROOT).withZone(WorkingCalendar.ZONE);
    private static final Set<String> WEATHER = Set.of("water_level", "rain", "temperature", "wind_speed", "humidity");
    private static final Set<String> SURROUNDINGS =
            Set.of("aqi", "pm25", "pm10", "o3", "no2", "so2", "co", "salinity", "ph", "turbidity");

    /** What was sent before these has expired long since. */
    private static final int MAX_REFERENCES = 50;

    private static final String[] URGENCIES = {"Immediate", "Expected", "Future"};
    private static final String[] SEVERITIES = {"Severe", "Moderate", "Minor"};

    /**
     * A message that was or is sent.
     *
     * @param identifier unique at its sender
     * @param isEnd whether it takes the alarm back
     */
    record Sent(String identifier, Instant at, boolean isEnd) {}

    CapMessage {
        requireNonNull(settings, "settings is null");
        polygons = List.copyOf(polygons);
        messages = List.copyOf(messages);
        requireNonNull(notice, "notice is null");
        requireNonNull(code, "code is null");
    }

    /** Returns the one that is written. */
    Sent last() {
        return messages.get(messages.size() - 1);
    }

    /** Returns whether it is the first of its alarm, follows another one, or takes the alarm back. */
    String type() {
        return last().isEnd() ? "Cancel" : messages.size() == 1 ? "Alert" : "Update";
    }

    /** Returns the name of the area and what was found, in Vietnamese. */
    String headline() {
        return headline(new Wording("vi", null));
    }

    private String headline(Wording wording) {
        return wording.places(notice, last().identifier()).getOrDefault("text", "");
    }

    /** Writes it. */
    String xml() {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("alert");
            xml.writeDefaultNamespace(NAMESPACE);
            alert(xml);
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a text takes every character", e);
        }
        return text.toString();
    }

    private void alert(XMLStreamWriter xml) throws XMLStreamException {
        Sent last = last();
        List<Sent> before = messages.subList(Math.max(0, messages.size() - 1 - MAX_REFERENCES), messages.size() - 1);
        write(xml, "identifier", last.identifier());
        write(xml, "sender", settings.sender());
        write(xml, "sent", TIME.format(last.at()));
        write(xml, "status", settings.status());
        write(xml, "msgType", type());
        write(xml, "scope", settings.scope());
        if (settings.scope().equals("Restricted")) {
            write(xml, "restriction", settings.restriction());
        }
        if (!before.isEmpty()) {
            List<String> references = before.stream()
                    .map(sent -> settings.sender() + "," + sent.identifier() + "," + TIME.format(sent.at()))
                    .toList();
            write(xml, "references", String.join(" ", references));
        }
        info(xml, "vi-VN", new Wording("vi", null), last);
        info(xml, "en", new Wording("en", null), last);
    }

    private void info(XMLStreamWriter xml, String language, Wording wording, Sent last) throws XMLStreamException {
        int severity = Math.clamp(notice.measure().severity(), 1, SEVERITIES.length) - 1;
        boolean isVietnamese = language.startsWith("vi");
        xml.writeStartElement("info");
        write(xml, "language", language);
        write(xml, "category", category(notice.measure().quantity()));
        String title = notice.title(isVietnamese ? "vi" : "en");
        write(xml, "event", title.isEmpty() ? notice.alarm().rule() : title);
        write(xml, "responseType", last.isEnd() ? "AllClear" : "Assess");
        write(xml, "urgency", last.isEnd() ? "Past" : URGENCIES[severity]);
        write(xml, "severity", SEVERITIES[severity]);
        write(xml, "certainty", "Observed");
        write(xml, "effective", TIME.format(last.at()));
        write(xml, "onset", TIME.format(messages.get(0).at()));
        write(xml, "expires", TIME.format(last.at().plus(Duration.ofHours(settings.expiresHours()))));
        write(xml, "headline", headline(wording));
        Guidance guidance = guidance(isVietnamese);
        if (guidance != null) {
            write(xml, "description", guidance.reason() + " " + guidance.consequence());
            write(xml, "instruction", String.join("\n", guidance.response()));
        }
        xml.writeStartElement("area");
        write(xml, "areaDesc", isVietnamese ? notice.areaName() : notice.areaNameEn());
        for (String polygon : polygons) {
            write(xml, "polygon", polygon);
        }
        Place place = notice.place();
        if (place != null) {
            // A circle without a radius is the point itself.
            write(xml, "circle", String.format(Locale.ROOT, "%.5f,%.5f 0", place.latitude(), place.longitude()));
        }
        xml.writeStartElement("geocode");
        write(xml, "valueName", "GSO");
        write(xml, "value", code);
        xml.writeEndElement();
        xml.writeEndElement();
        xml.writeEndElement();
    }

    private @Nullable Guidance guidance(boolean isVietnamese) {
        if (notice.rule() == null) {
            return null;
        }
        Guidance english = notice.rule().english();
        return isVietnamese || english == null ? notice.rule().guidance() : english;
    }

    private static String category(String quantity) {
        return WEATHER.contains(quantity) ? "Met" : SURROUNDINGS.contains(quantity) ? "Env" : "Other";
    }

    static void write(XMLStreamWriter xml, String name, String text) throws XMLStreamException {
        xml.writeStartElement(name);
        xml.writeCharacters(text);
        xml.writeEndElement();
    }
}
