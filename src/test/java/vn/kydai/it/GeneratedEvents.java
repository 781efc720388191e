package vn.kydai.it;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Events of every kind with every field, drawn from the whole of its domain, its ends and what lies just beyond them; of
 * each is known whether it must be taken, and else for which reasons it may be refused. The seed decides everything but
 * {@code now}. Confined to one thread.
 */
public final class GeneratedEvents {
    private static final int TICKET_CHARS = 32;
    private static final int NAME_CHARS = 64;

    /** One field in so many is beyond its domain. */
    private static final int ONE_WRONG_IN = 60;

    private static final List<String> SHORT_NAMES = GeneratedValues.NAMES.subList(0, GeneratedValues.SHORT_NAMES);
    private static final List<String> NO_SHORT_NAMES = joined(
            GeneratedValues.NO_NAMES,
            GeneratedValues.NAMES.subList(GeneratedValues.SHORT_NAMES, GeneratedValues.NAMES.size()));
    private static final List<String> ANY_NUMBERS = joined(GeneratedValues.NUMBERS, GeneratedValues.NEGATIVE);
    private static final List<String> NOT_FROM_ZERO = joined(GeneratedValues.NO_NUMBERS, GeneratedValues.NEGATIVE);
    private static final List<String> NOT_ENLARGED = joined(GeneratedValues.NO_NUMBERS, List.of("-1e12"));
    private static final List<String> METRICS =
            GeneratedValues.UNITS.keySet().stream().sorted().toList();
    private static final long RECENT_MS = 20L * 86_400_000;

    private final Random random;
    private final Instant now;
    private final String prefix;
    private int made;
    private Set<String> flaws = Set.of();
    private StringBuilder data = new StringBuilder();

    /** Who sends. */
    public enum Sender {
        DESK,
        SENSOR
    }

    /**
     * An event.
     *
     * @param json a structured CloudEvent
     * @param flat the same as it may come on a topic of its kind
     * @param number in the order of making, from 1
     * @param flaws reasons for which it may be rejected; none: it must be taken
     */
    public record Generated(String json, String flat, String kind, int number, Set<String> flaws) {
        public boolean isGood() {
            return flaws.isEmpty();
        }
    }

    /**
     * Begins.
     *
     * @param prefix of the ids and of the codes of dossiers: three digits or capital letters
     */
    public GeneratedEvents(long seed, Instant now, String prefix) {
        this.random = new Random(seed);
        this.now = now;
        this.prefix = prefix;
    }

    /** Returns the number in an id, of whichever spelling. */
    static int number(String id) {
        int end = 5;
        while (end < id.length() && Character.isDigit(id.charAt(end)) && end < 13) {
            end++;
        }
        return Integer.parseInt(id.substring(5, end));
    }

    /** Returns the next event of somebody. */
    public Generated next(Sender sender) {
        made++;
        flaws = new TreeSet<>();
        data = new StringBuilder();
        String kind = kind(sender);
        switch (kind) {
            case "dossier" -> dossier();
            case "ticket" -> ticket();
            case "rating" -> rating();
            case "indicator" -> indicator();
            default -> reading();
        }
        if (random.nextInt(3) == 0) {
            put("seq", GeneratedValues.SEQUENCES, GeneratedValues.NO_SEQUENCES);
        }
        if (isWrong(20)) {
            field("personName", "\"A\"");
            flaws.add("unknown_field");
        }
        String time = time();
        String head = id(!time.isEmpty() && !isCommonTime(time)) + time;
        String json =
                "{\"specversion\":\"1.0\",\"type\":\"vn.kydai." + kind + ".v1\"" + head + ",\"data\":{" + data + "}}";
        String flat = "{" + data + head + "}";
        if (isWrong(10)) {
            flaws.add("too_large");
            json = padded(json);
            flat = padded(flat);
        }
        return new Generated(json, flat, kind, made, flaws);
    }

    private static String padded(String object) {
        return "{\"subject\":\"" + "x".repeat(66_000) + "\"," + object.substring(1);
    }

    private String kind(Sender sender) {
        String kind = sender == Sender.DESK
                ? pick(List.of("dossier", "dossier", "ticket", "rating", "indicator"))
                : "reading";
        if (!isWrong(5)) {
            return kind;
        }
        if (random.nextBoolean()) {
            flaws.add("type_mismatch");
            return pick(List.of("alarm", "configuration", "\u1ea3nh"));
        }
        flaws.add("not_entitled");
        return sender == Sender.DESK ? "reading" : pick(List.of("dossier", "ticket", "rating", "indicator"));
    }

    /** An event without an id is known again by its time and content, so two may not have both in common. */
    private String id(boolean hasOwnTime) {
        String plain = "g%s-%08d".formatted(prefix, made);
        if (isWrong(20)) {
            flaws.add("schema");
            return ",\"id\":\"" + plain + pick(GeneratedValues.NO_IDS) + "\"";
        }
        String suffix = random.nextInt(4) == 0 ? pick(GeneratedValues.IDS) : "";
        return hasOwnTime && random.nextInt(100) == 0 ? "" : ",\"id\":\"" + plain + suffix + "\"";
    }

    private static boolean isCommonTime(String time) {
        return GeneratedValues.times().contains(time.substring(",\"time\":".length()));
    }

    private String time() {
        if (isWrong(10)) {
            flaws.add("schema");
            return ",\"time\":" + pick(GeneratedValues.NO_TIMES);
        }
        if (isWrong(10)) {
            flaws.add("future");
            return ",\"time\":"
                    + pick(List.of(
                            "\"9999-12-31T23:59:59-07:00\"",
                            '"' + now.plusSeconds(30 * 86_400).toString() + '"'));
        }
        return switch (random.nextInt(12)) {
            case 0 -> ",\"time\":" + pick(GeneratedValues.times());
            case 1 -> "";
            default ->
                ",\"time\":\"" + now.minusMillis(random.nextLong(RECENT_MS)).plusNanos(random.nextInt(1_000_000)) + '"';
        };
    }

    private void dossier() {
        put(
                "dossier",
                List.of("\"%s.01.02-26%02d01-%04d\"".formatted(prefix, 1 + random.nextInt(12), random.nextInt(900))),
                List.of("\"x\"", "\"\"", "null", "\"H57.01.02-26-1\"", "1"));
        put(
                "procedure",
                List.of(
                        "\"1.001193\"",
                        "\"1.004873\"",
                        "\"1.004873.000.00.00.H57\"",
                        "\"2.000635\"",
                        "\"X.DEMO.HOURS\"",
                        "\"unknown\""),
                List.of("\"\"", "\"a b\"", "1.004873"));
        put("status", List.of("" + (1 + random.nextInt(10))), List.of("0", "11", "2.5", "\"2\"", "null"));
        put("channel", List.of("\"counter\"", "\"online\"", "\"post\""), List.of("\"fax\"", "\"\"", "\"COUNTER\""));
        name("counter", NAME_CHARS);
        for (String instant : List.of("submittedAt", "receivedAt", "dueAt", "promisedAt")) {
            some(instant, GeneratedValues.instants(now), GeneratedValues.noInstants(now));
        }
        some("pausedBy", List.of("\"supplement\"", "\"fee\"", "\"agency\""), List.of("\"rain\"", "null"));
        some("fee", GeneratedValues.NUMBERS, NOT_FROM_ZERO);
        some("paidOnline", List.of("true", "false"), List.of("0", "\"true\""));
        some("digitised", List.of("true", "false"), List.of("1", "null"));
        if (isWrong(2)) {
            field("decidingArea", "\"none\"");
            flaws.add("schema");
        }
    }

    private void ticket() {
        if (random.nextInt(4) == 0) {
            takeName("ticket", TICKET_CHARS);
        } else {
            field("ticket", "\"A" + random.nextInt(150) + '"');
        }
        put(
                "step",
                List.of("\"issued\"", "\"called\"", "\"served\"", "\"absent\"", "\"cancelled\""),
                List.of("\"lost\"", "\"\"", "null"));
        name("service", NAME_CHARS);
        name("counter", NAME_CHARS);
    }

    private void rating() {
        put(
                "level",
                List.of("\"very_satisfied\"", "\"satisfied\"", "\"dissatisfied\""),
                List.of("\"angry\"", "5", "null"));
        name("counter", NAME_CHARS);
        some("dossier", List.of("\"H57.01.02-260101-0001\""), List.of("\"0001\"", "\"\""));
    }

    private void indicator() {
        put("indicator", List.of("\"poverty_rate\"", "\"clean_water\"", "\"x\""), List.of("\"\"", "\"X\"", "\"a b\""));
        put("period", GeneratedValues.PERIODS, GeneratedValues.NO_PERIODS);
        put("value", ANY_NUMBERS, GeneratedValues.NO_NUMBERS);
        put("unit", List.of("\"%\"", "\"1\"", "\"{person}\""), List.of("\"\"", "\"a b\"", "\"\\u0000\""));
        name("standard", NAME_CHARS);
        some("numerator", GeneratedValues.NUMBERS, NOT_FROM_ZERO);
        some("denominator", GeneratedValues.NUMBERS, NOT_FROM_ZERO);
        some("target", ANY_NUMBERS, GeneratedValues.NO_NUMBERS);
    }

    private void reading() {
        String metric = pick(METRICS);
        String unit = pick(GeneratedValues.UNITS.getOrDefault(metric, List.of()));
        if (isWrong(4)) {
            field("metric", "\"none_such\"");
            flaws.add("unknown_metric");
        } else {
            put("metric", List.of('"' + metric + '"'), List.of("\"Rain\"", "\"\"", "null"));
        }
        boolean isLarger = !metric.equals("water_level") && GeneratedValues.LARGER_UNITS.contains(unit);
        if (isLarger || random.nextBoolean()) {
            put("value", List.of("" + random.nextInt(800) / 8.0), isLarger ? NOT_ENLARGED : GeneratedValues.NO_NUMBERS);
        } else {
            put("value", ANY_NUMBERS, GeneratedValues.NO_NUMBERS);
        }
        put("unit", List.of('"' + unit + '"'), GeneratedValues.NO_UNITS);
        some("quality", List.of("\"good\"", "\"suspect\"", "\"bad\""), List.of("\"GOOD\"", "\"\"", "null"));
    }

    private void name(String field, int most) {
        if (random.nextInt(3) == 0) {
            takeName(field, most);
        }
    }

    private void takeName(String field, int most) {
        put(
                field,
                most == TICKET_CHARS ? SHORT_NAMES : GeneratedValues.NAMES,
                most == TICKET_CHARS ? NO_SHORT_NAMES : GeneratedValues.NO_NAMES);
    }

    private static List<String> joined(List<String> some, List<String> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    private void some(String field, List<String> good, List<String> bad) {
        if (random.nextInt(4) == 0) {
            put(field, good, bad);
        }
    }

    private void put(String field, List<String> good, List<String> bad) {
        if (isWrong(1)) {
            field(field, pick(bad));
            flaws.add("schema");
        } else {
            field(field, pick(good));
        }
    }

    private void field(String name, String json) {
        data.append(data.isEmpty() ? "" : ",")
                .append('"')
                .append(name)
                .append("\":")
                .append(json);
    }

    private boolean isWrong(int times) {
        return random.nextInt(ONE_WRONG_IN * times) == 0;
    }

    private <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
