package vn.kydai.it;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import vn.kydai.event.codec.Json;
import vn.kydai.transfer.ReadingSheet;
import vn.kydai.transfer.Sheet;
import vn.kydai.transfer.TicketSheet;

/**
 * Rows of a CSV file of readings or tickets, their cells drawn as people and spreadsheets write them, up to the ends of what
 * they may be and what lies just beyond; of each is known whether it must be taken, and else for which fields it may be
 * refused. The seed decides everything but {@code now}. Confined to one thread.
 */
public final class GeneratedRows {
    private static final ZoneId ZONE = ZoneId.of("Asia/Ho_Chi_Minh");
    private static final int ONE_WRONG_IN = 40;
    private static final int RECENT_MINUTES = 20 * 1_440;
    private static final List<DateTimeFormatter> MOMENTS = Stream.of(
                    "dd/MM/yyyy HH:mm",
                    "d/M/yyyy H'h'mm",
                    "H:mm, d-M-yyyy",
                    "yyyy-MM-dd HH:mm:ss",
                    "dd.MM.yyyy HH'g'mm")
            .map(DateTimeFormatter::ofPattern)
            .toList();
    private static final List<String> NO_MOMENTS = List.of(
            "",
            "24/11/2025",
            "32/11/2025 08:00",
            "31/02/2025 08:00",
            "24/11/25 08:05",
            "45620.5",
            "1969-12-31 23:59",
            "04/11/2099 08:00",
            "24/11/2025 24:00",
            "hôm qua");
    private static final List<String> IDS = List.of("", "-é", "=", "😀", ",;\"", " x", "'");
    private static final List<String> NO_IDS = List.of("x".repeat(257), "\u0007x");
    private static final List<String> NUMBERS = List.of(
            "0", "-0", "0.5", "1 234.5", "12.50", "1.250", "0.000000001", "123456789.12345678", "-0.5", "1,234,567.25");
    private static final List<String> NO_NUMBERS =
            List.of("", "x", "12%", "1e-100", "1.5E+3", "0.0000000001", "1000000000001", "=1+1", "1,23", "NaN");
    private static final List<String> SEQUENCES = List.of("", "0", "1", "9007199254740991");
    private static final List<String> NO_SEQUENCES = List.of("-1", "0.5", "9007199254740992", "x");
    private static final List<String> LONG = List.of("x".repeat(65), "𠀀".repeat(65), "a\u0007", "\ue000");

    private final Random random;
    private final LocalDateTime now;
    private final String prefix;
    private final Sheet sheet;
    private int made;
    private Set<String> flaws = Set.of();
    private List<String> cells = List.of();

    /**
     * A row.
     *
     * @param flaws fields for which it may be refused; none: it must be taken
     */
    record Row(String line, int number, Set<String> flaws) {}

    /**
     * Begins.
     *
     * @param sheet of readings or tickets
     * @param prefix of the ids: three digits or capital letters
     */
    public GeneratedRows(Sheet sheet, long seed, Instant now, String prefix) {
        this.sheet = sheet;
        this.random = new Random(seed);
        this.now = LocalDateTime.ofInstant(now, ZONE);
        this.prefix = prefix;
    }

    Sheet sheet() {
        return sheet;
    }

    /** Returns the line of headings. */
    String headings() {
        return switch (sheet) {
            case ReadingSheet readings -> "id;seq;Thời gian;Thông số;Giá trị;Đơn vị;Chất lượng";
            case TicketSheet tickets -> "id;seq;Thời gian;Số thứ tự;Trạng thái;Dịch vụ;Quầy";
            default -> throw new IllegalArgumentException(sheet.id());
        };
    }

    Row next() {
        made++;
        flaws = new TreeSet<>();
        cells = new ArrayList<>();
        put("id", "g%s-%08d".formatted(prefix, made), IDS, NO_IDS);
        put("seq", "", SEQUENCES, NO_SEQUENCES);
        put(
                "time",
                now.minusMinutes(random.nextInt(RECENT_MINUTES)).format(pick(MOMENTS)),
                List.of(""),
                // Of a ticket without a time the step is told: it could have one of its own.
                sheet instanceof TicketSheet ? NO_MOMENTS.subList(1, NO_MOMENTS.size()) : NO_MOMENTS);
        if (sheet instanceof ReadingSheet) {
            reading();
        } else {
            ticket();
        }
        return new Row(cells.stream().map(GeneratedRows::quoted).collect(Collectors.joining(";")), made, flaws);
    }

    private void reading() {
        String metric = pick(List.of("water_level", "rain", "temperature", "humidity", "battery"));
        put("metric", metric, List.of(""), List.of("", "none_such", "Rain!"));
        put("value", "", NUMBERS, NO_NUMBERS);
        put("unit", pick(GeneratedValues.UNITS.getOrDefault(metric, List.of())), List.of(""), List.of("", "kg", "a b"));
        put("quality", "", List.of("", "Tốt", "good", "SUSPECT", "Hỏng"), List.of("tuyệt", "0"));
    }

    private void ticket() {
        put(
                "ticket",
                "",
                texts(GeneratedValues.NAMES.subList(0, GeneratedValues.SHORT_NAMES)),
                List.of("", "x".repeat(33)));
        put("step", "", List.of("issued", "Đã gọi", "HOÀN THÀNH", "vắng mặt", "Hủy"), List.of("", "mất"));
        put("service", "", texts(GeneratedValues.NAMES), LONG);
        put("counter", "", texts(GeneratedValues.NAMES), LONG);
    }

    private void put(String field, String head, List<String> good, List<String> bad) {
        if (random.nextInt(ONE_WRONG_IN) == 0) {
            flaws.add(field);
            cells.add((field.equals("id") ? head : "") + pick(bad));
        } else {
            cells.add(head + pick(good));
        }
    }

    private static List<String> texts(List<String> json) {
        return json.stream()
                .map(text -> {
                    try {
                        return Json.MAPPER.readTree(text).textValue();
                    } catch (JsonProcessingException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .toList();
    }

    private static String quoted(String cell) {
        return cell.matches("[^;\"\\r\\n]*") ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }

    private <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
