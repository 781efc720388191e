package vn.kydai.outbound;

import java.io.IOException;
import java.io.StringReader;
import java.util.Objects;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.xml.sax.SAXException;

/** The form of a message of the Common Alerting Protocol 1.2. */
final class CapSchema {
    private static final Schema SCHEMA = load();

    private CapSchema() {}

    private static Schema load() {
        try {
            return SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                    .newSchema(Objects.requireNonNull(CapSchema.class.getResource("cap-1.2.xsd")));
        } catch (SAXException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Fails unless a message has it. */
    static void validate(String message) {
        try {
            SCHEMA.newValidator().validate(new StreamSource(new StringReader(message)));
        } catch (SAXException | IOException e) {
            throw new AssertionError(message, e);
        }
    }
}
