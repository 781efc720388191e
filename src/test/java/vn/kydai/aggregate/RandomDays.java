package vn.kydai.aggregate;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.Data;
import vn.kydai.event.Dossier;
import vn.kydai.event.Dossier.Channel;
import vn.kydai.event.DossierStatus;
import vn.kydai.event.Indicator;
import vn.kydai.event.Rating;
import vn.kydai.event.Reading;
import vn.kydai.event.Reading.Quality;
import vn.kydai.event.Ticket;

/** A week of events, most of them plausible, some late, some wrong, many at the same instant. */
final class RandomDays {
    static final List<String> LEAVES = List.of("19867", "19870", "19894");

    private static final Instant FROM = Story.at("2026-11-19T07:30");
    private static final int HOURS = 6 * 24;
    private static final int[] USUAL = {1, 2, 2, 4, 4, 4, 5, 6, 9, 9, 9, 10, 10, 7, 8, 3};

    private final Random random;
    private final Story story = Story.begun();

    private RandomDays(long seed) {
        random = new Random(seed);
    }

    /** Makes a week; the seed is printed so that a failure can be seen again. */
    static Story of(long seed, int events) {
        System.out.println("random days: seed " + seed + "L");
        RandomDays days = new RandomDays(seed);
        for (int index = 0; index < events; index++) {
            days.next();
        }
        return days.story;
    }

    private void next() {
        switch (random.nextInt(10)) {
            case 0, 1, 2, 3 -> dossier();
            case 4, 5, 6 -> ticket();
            case 7 -> rating();
            case 8 -> reading();
            default -> indicator();
        }
    }

    private void dossier() {
        int number = random.nextInt(150);
        int status = random.nextInt(6) == 0 ? 1 + random.nextInt(10) : USUAL[random.nextInt(USUAL.length)];
        Dossier dossier = new Dossier(
                "d-" + number,
                pick("1.001193", "1.004873.000.00.00.H57", "9.999999"),
                DossierStatus.of(status).orElseThrow(),
                any(Channel.values()),
                null,
                null,
                sometimes() ? time() : null,
                sometimes() ? time() : null,
                null,
                sometimes() ? leaf() : null,
                sometimes() ? "agency" : null,
                sometimes() ? random.nextBoolean() : null,
                sometimes() ? random.nextBoolean() : null,
                sometimes() ? (Double) (random.nextInt(2) * 10_000.0) : null);
        tell(LEAVES.get(number % 3), dossier);
    }

    private void ticket() {
        Ticket.Step step = any(Ticket.Step.values());
        tell(leaf(), new Ticket("t" + random.nextInt(12), step, null, sometimes() ? pick("1", "2", "3") : null));
    }

    private void rating() {
        tell(leaf(), new Rating(any(Rating.Level.values()), null, null));
        if (random.nextInt(20) == 0) {
            playing();
        }
    }

    /** Somebody presses the tablet again and again. */
    private void playing() {
        String area = leaf();
        Instant at = time();
        for (int press = 0; press < 8; press++) {
            Rating rating = new Rating(any(Rating.Level.values()), "1", null);
            story.tell("desk-" + area, area, at.plusSeconds(random.nextInt(30)), null, rating);
        }
    }

    private void reading() {
        boolean isRain = random.nextBoolean();
        double value = random.nextInt(isRain ? 60_00 : 3_000) / (isRain ? 100.0 : 1_000.0);
        String source = isRain ? pick("rain-1", "wl-sia", "stray") : pick("wl-sia", "stray", "wl-sia");
        Quality quality = sometimes() ? any(Quality.values()) : null;
        story.tell(
                source,
                source.equals("rain-1") ? "19894" : "19867",
                time(),
                seq(),
                isRain
                        ? new Reading("rain", value, "mm", quality)
                        : new Reading("water_level", value * 1_000, "mm", quality));
    }

    private void indicator() {
        tell(
                random.nextInt(5) == 0 ? "477" : leaf(),
                new Indicator(
                        pick("poverty_rate", "jobs", "houses"),
                        pick("2023", "2024", "2025"),
                        random.nextInt(100),
                        "1",
                        pick("a", "b", "b"),
                        random.nextInt(8) == 0 ? null : (Double) (double) random.nextInt(50),
                        (double) random.nextInt(5_000),
                        null));
    }

    private void tell(String area, Data data) {
        story.tell("desk-" + area, area, time(), seq(), data);
    }

    /** Whole quarters of an hour, so that many things happen at once. */
    private Instant time() {
        return FROM.plusSeconds(900L * random.nextInt(4 * HOURS));
    }

    private @Nullable Long seq() {
        return random.nextBoolean() ? (Long) (long) random.nextInt(3) : null;
    }

    private boolean sometimes() {
        return random.nextInt(5) == 0;
    }

    private <T> T any(T[] values) {
        return values[random.nextInt(values.length)];
    }

    private String leaf() {
        return LEAVES.get(random.nextInt(LEAVES.size()));
    }

    private String pick(String one, String two, String three) {
        return List.of(one, two, three).get(random.nextInt(3));
    }
}
