package vn.kydai.outbound;

import java.io.StringWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import vn.kydai.event.codec.Json;

/**
 * Alerts of an area as an Atom feed (RFC 4287), each a link to its newest message of the Common Alerting Protocol. Ids are
 * made of names alone, so that they stay what they are wherever the server moves. Pure.
 *
 * @param sender as in the messages
 * @param area id of the area
 * @param updated when something changed last, to the second
 * @param messages the newest first
 */
record CapFeed(String sender, String area, String areaName, Instant updated, List<CapMessage> messages) {
    private static final String NAMESPACE = "http://www.w3.org/2005/Atom";

    CapFeed {
        updated = updated.truncatedTo(ChronoUnit.SECONDS);
        messages = List.copyOf(messages);
    }

    /** Writes it. */
    String xml() {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("feed");
            xml.writeDefaultNamespace(NAMESPACE);
            xml.writeAttribute("xml", "http://www.w3.org/XML/1998/namespace", "lang", "vi");
            CapMessage.write(xml, "id", id("feed", area));
            CapMessage.write(xml, "title", "CAP 1.2: " + areaName);
            CapMessage.write(xml, "updated", Json.time(updated));
            xml.writeStartElement("author");
            CapMessage.write(xml, "name", sender);
            xml.writeEndElement();
            for (CapMessage message : messages) {
                entry(xml, message);
            }
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a text takes every character", e);
        }
        return text.toString();
    }

    private void entry(XMLStreamWriter xml, CapMessage message) throws XMLStreamException {
        CapMessage.Sent first = message.messages().get(0);
        String alarm = message.notice().alarm().id();
        xml.writeStartElement("entry");
        CapMessage.write(xml, "id", id("alert", first.identifier()));
        CapMessage.write(xml, "title", message.headline());
        CapMessage.write(xml, "updated", Json.time(message.last().at()));
        CapMessage.write(xml, "published", Json.time(first.at()));
        xml.writeEmptyElement("category");
        xml.writeAttribute("term", message.type());
        xml.writeEmptyElement("link");
        xml.writeAttribute("rel", "alternate");
        xml.writeAttribute("type", "application/cap+xml");
        xml.writeAttribute("href", "/api/v1/alarms/" + URLEncoder.encode(alarm, StandardCharsets.UTF_8) + ".cap");
        xml.writeEndElement();
    }

    private String id(String what, String name) {
        byte[] named = (sender + "\n" + what + "\n" + name).getBytes(StandardCharsets.UTF_8);
        return "urn:uuid:" + UUID.nameUUIDFromBytes(named);
    }
}
