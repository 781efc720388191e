package vn.kydai.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** What devices say. */
final class Messages {
    /** A text the database refuses to store. */
    static final String POISON = "poison";

    private static final String[] STEPS = {"issued", "called", "served", "absent", "cancelled"};
    private static final String[] LEVELS = {"very_satisfied", "satisfied", "dissatisfied"};
    private static final int[] STATUSES = {2, 4, 5, 6, 7, 8, 9, 10, 1};

    private final List<Message> said = new ArrayList<>();
    private long numbered;

    /**
     * A message on its way.
     *
     * @param sender who signed in
     * @param isRight whether a centre whose clock is right has to take it
     */
    record Message(String sender, String source, String kind, String id, String text, boolean isRight) {}

    /** Returns something said before, to be said again. */
    Message again(SplittableRandom random) {
        return said.get(random.nextInt(said.size()));
    }

    boolean isEmpty() {
        return said.isEmpty();
    }

    Message reading(SplittableRandom random, String source, Instant at, double value) {
        String metric = source.startsWith("rain") ? "rain" : "water_level";
        String unit = source.startsWith("rain") ? "mm" : "m";
        String quality = random.nextInt(20) == 0 ? ",\"quality\":\"bad\"" : "";
        String data = String.format(
                Locale.ROOT, "\"metric\":\"%s\",\"value\":%.2f,\"unit\":\"%s\"%s", metric, value, unit, quality);
        return message(source, "reading", at, data, true);
    }

    /** Returns what a desk says of its queue, its dossiers or what people thought of it. */
    Message ofDesk(SplittableRandom random, String desk, Instant at) {
        return switch (random.nextInt(4)) {
            case 0 -> message(desk, "rating", at, "\"level\":\"" + LEVELS[random.nextInt(LEVELS.length)] + "\"", true);
            case 1 -> message(desk, "dossier", at, dossier(random, desk), true);
            default ->
                message(
                        desk,
                        "ticket",
                        at,
                        "\"ticket\":\"A" + random.nextInt(12) + "\",\"step\":\""
                                + STEPS[random.nextInt(2) * random.nextInt(STEPS.length)] + "\"",
                        true);
        };
    }

    private static String dossier(SplittableRandom random, String desk) {
        return "\"dossier\":\"H57.00.01-261125-00" + desk.charAt(desk.length() - 1) + random.nextInt(10)
                + "\",\"procedure\":\"" + (random.nextBoolean() ? "1.004873" : "1.001193")
                + "\",\"channel\":\"counter\",\"status\":" + STATUSES[random.nextInt(STATUSES.length)];
    }

    /** Returns what no centre takes, or takes otherwise than a usual one. */
    Message odd(SplittableRandom random, String desk, Instant at) {
        return switch (random.nextInt(6)) {
            case 0 -> message(desk, "ticket", at, "\"ticket\":\"A1\",\"step\":\"sold\"", false);
            case 1 -> message(desk, "ticket", at, "\"ticket\":\"A1\",\"step\":\"issued\",\"name\":\"x\"", false);
            case 2 -> new Message(desk, desk, "ticket", "", "{\"ticket\":", false);
            case 3 ->
                message(
                        desk,
                        "ticket",
                        at,
                        "\"ticket\":\"A1\",\"step\":\"issued\",\"service\":\"" + POISON + "\"",
                        false);
            case 4 -> message(desk, "ticket", at.plusSeconds(86_400), "\"ticket\":\"A1\",\"step\":\"issued\"", false);
            default -> new Message(desk, desk, "ticket", "", "{\"ticket\":\"A2\",\"step\":\"issued\"}", true);
        };
    }

    /** Returns the same identity with other content. */
    Message conflicting(Message before) {
        return new Message(
                before.sender(),
                before.source(),
                before.kind(),
                before.id(),
                before.text().replaceFirst("\"seq\":", "\"seq\":9"),
                false);
    }

    private Message message(String source, String kind, Instant at, String data, boolean isRight) {
        String id = kind.charAt(0) + "-" + numbered++;
        String sender = source.equals("wl-1") || source.equals("wl-2") ? "gw-1" : source;
        String text = "{\"id\":\"" + id + "\",\"time\":\"" + at + "\",\"seq\":" + numbered + "," + data + "}";
        Message message = new Message(sender, source, kind, id, text, isRight);
        said.add(message);
        return message;
    }
}
