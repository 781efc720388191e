package vn.kydai.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import vn.kydai.event.DossierState;
import vn.kydai.report.DossierTally.Count;

/**
 * The form "Biểu số II.06a/VPCP/KSTT" (Thông tư 02/2017, 01/2020/TT-VPCP), a row a field. In it withdrawn dossiers stand
 * with those done on time, paused and stopped ones with those in process within time, so that (3) = (7) + (11).
 */
final class FormII06a {
    private static final List<String> COLUMNS = List.of(
            "receivedTotal",
            "receivedOnline",
            "receivedDirect",
            "receivedCarried",
            "doneTotal",
            "doneEarly",
            "doneOnTime",
            "doneOverdue",
            "processingTotal",
            "processingInTime",
            "processingOverdue");

    private static final List<String> TITLES = List.of(
            "(1) STT",
            "(2) Lĩnh vực giải quyết",
            "(3) Tiếp nhận: tổng số",
            "(4) Tiếp nhận: trong kỳ, trực tuyến",
            "(5) Tiếp nhận: trong kỳ, trực tiếp, dịch vụ bưu chính",
            "(6) Tiếp nhận: từ kỳ trước",
            "(7) Đã giải quyết: tổng số",
            "(8) Đã giải quyết: trước hạn",
            "(9) Đã giải quyết: đúng hạn",
            "(10) Đã giải quyết: quá hạn",
            "(11) Đang giải quyết: tổng số",
            "(12) Đang giải quyết: trong hạn",
            "(13) Đang giải quyết: quá hạn");

    private FormII06a() {}

    static ObjectNode json(DossierQuery query, List<DossierState> dossiers) {
        ObjectNode body = DossierReport.head(query).put("form", "II.06a");
        SortedMap<String, DossierTally> rows = query.rows(dossiers, Grouping.FIELD);
        ArrayNode written = body.putArray("rows");
        for (Map.Entry<String, DossierTally> row : rows.entrySet()) {
            ObjectNode node = written.addObject().put("no", written.size()).put("field", row.getKey());
            write(node, row.getValue());
        }
        write(body.putObject("total"), query.total(dossiers));
        return body;
    }

    static String csv(DossierQuery query, List<DossierState> dossiers) {
        Csv csv = new Csv();
        csv.add(TITLES);
        int number = 1;
        for (Map.Entry<String, DossierTally> row :
                query.rows(dossiers, Grouping.FIELD).entrySet()) {
            csv.add(cells(Integer.toString(number), row.getKey(), row.getValue()));
            number++;
        }
        csv.add(cells("", "Tổng số", query.total(dossiers)));
        return csv.toString();
    }

    private static void write(ObjectNode node, DossierTally tally) {
        List<Long> numbers = numbers(tally);
        for (int index = 0; index < numbers.size(); index++) {
            node.put(COLUMNS.get(index), numbers.get(index));
        }
    }

    private static List<Object> cells(String number, String field, DossierTally tally) {
        List<Object> cells = new ArrayList<>(List.of(number, field));
        cells.addAll(numbers(tally));
        return cells;
    }

    private static List<Long> numbers(DossierTally tally) {
        long online = tally.get(Count.RECEIVED_ONLINE);
        long direct = tally.get(Count.RECEIVED_COUNTER) + tally.get(Count.RECEIVED_POST);
        long carried = tally.get(Count.CARRIED);
        long early = tally.get(Count.EARLY);
        long onTime = tally.get(Count.ON_TIME) + tally.get(Count.WITHDRAWN);
        long late = tally.get(Count.LATE);
        long inTime = tally.get(Count.IN_TIME) + tally.get(Count.PAUSED) + tally.get(Count.STOPPED);
        long overdue = tally.get(Count.OVERDUE);
        return List.of(
                online + direct + carried,
                online,
                direct,
                carried,
                early + onTime + late,
                early,
                onTime,
                late,
                inTime + overdue,
                inTime,
                overdue);
    }
}
