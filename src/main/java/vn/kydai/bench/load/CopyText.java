package vn.kydai.bench.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.stream.IntStream;
import vn.kydai.bench.load.LoadOrder.Mix;

/** The rows a load leaves in the journal, as text for COPY, so that both write the same. */
public final class CopyText {
    /** The columns, in order. */
    public static final String COLUMNS =
            "partition, position, ingest_time, source, id, kind, area, event_time, time_assumed, seq, data";

    private CopyText() {}

    /**
     * Composes rows.
     *
     * @param ingestTime of all of them
     * @param epochMicros event time of the first; a microsecond more each
     */
    public static byte[] rows(Fleet fleet, String run, int rows, String ingestTime, long epochMicros) {
        List<Fleet.Member> members =
                IntStream.range(0, 50).mapToObj(fleet::sensor).toList();
        List<Writer> writers = members.stream()
                .map(member -> Writer.of(member, run, Mix.READINGS))
                .toList();
        ByteArrayOutputStream text = new ByteArrayOutputStream(rows * 220);
        for (int n = 0; n < rows; n++) {
            Fleet.Member member = members.get(n % members.size());
            Outgoing event = writers.get(n % members.size()).next(epochMicros + n);
            String row = "0\t" + n + "\t" + ingestTime + "\t" + member.id() + "\t" + event.id() + "\t" + event.kind()
                    + "\t" + member.area() + "\t" + event.time() + "\tf\t\\N\t{" + event.fields() + "}\n";
            text.writeBytes(row.getBytes(ISO_8859_1));
        }
        return text.toByteArray();
    }
}
