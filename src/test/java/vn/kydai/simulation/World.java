package vn.kydai.simulation;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import vn.kydai.access.Caller.Viewer;
import vn.kydai.access.Role;
import vn.kydai.alarm.SimulatedPeople;
import vn.kydai.alarm.SimulatedPeople.Act;
import vn.kydai.event.Configuration.Part;
import vn.kydai.event.Picture;
import vn.kydai.event.SirenOrder;
import vn.kydai.journal.MachineClock;
import vn.kydai.simulation.Messages.Message;
import vn.kydai.simulation.SimulatedDatabase.CommitFault;
import vn.kydai.simulation.SimulatedDatabase.Weather;

/** A centre, everybody who uses it and everything that befalls it. The seed decides all of it. */
final class World {
    /** A Wednesday, half past seven in Huế. */
    private static final Instant BASE = Instant.parse("2026-11-25T00:30:00Z");

    private static final List<String> DESKS = List.of("desk-1", "desk-2");
    private static final List<String> SENSORS = List.of("wl-1", "wl-2", "wl-3", "rain-1");
    private static final List<Part> FILES =
            List.of(Part.CALENDAR, Part.THRESHOLDS, Part.RULES, Part.ROSTER, Part.SOURCES);
    private static final Duration BUILT_BEFORE = Duration.ofDays(30);
    private static final long PATIENCE_MS = 45_000;
    private static final long RESTART_MS = 2_000;

    private final VirtualTime time = new VirtualTime();
    private final Plants plants;
    private final SimulatedDatabase database;
    private final SimulatedCheckpoints checkpoints;
    private final Centre.Surroundings around;
    private final Messages messages = new Messages();
    private final Clients clients;
    private final Checks checks;
    private final Screens screens;
    private final Map<Part, Integer> versions = new EnumMap<>(Part.class);
    private final Map<String, Double> water = new java.util.TreeMap<>();
    private boolean wasClockRightAtStart = true;
    private Duration clockOffset = Duration.ZERO;
    private @Nullable Centre centre;
    private @Nullable Picture newest;
    private long newestMs;
    private long doubtSinceMs = Long.MAX_VALUE;
    private int boots;
    private boolean isRestarting;
    private long deeds;

    World(long seed, Plant plant) {
        SplittableRandom chance = new SplittableRandom(seed);
        plants = new Plants(plant, chance.split());
        database = new SimulatedDatabase(time, chance.split(), plants);
        checkpoints = new SimulatedCheckpoints(database);
        around = new Centre.Surroundings(time, database, checkpoints, new Machine(), plants, seed);
        checks = new Checks(database.tables);
        screens = new Screens(plants);
        clients = new Clients(
                time, () -> centre, (message, outcome) -> checks.answered(message, outcome, wasClockRightAtStart));
        boot();
        time.pass(2_000);
    }

    /** Its clock is set wrong at times; what it counts only runs forward. */
    private final class Machine implements MachineClock {
        @Override
        public Instant instant() {
            return now().plus(clockOffset);
        }

        @Override
        public long nanoTime() {
            return time.nowMs() * 1_000_000;
        }

        @Override
        public Instant builtAt() {
            return BASE.minus(BUILT_BEFORE);
        }
    }

    /** Returns the true time. */
    private Instant now() {
        return BASE.plusMillis(time.nowMs());
    }

    private void boot() {
        isRestarting = false;
        wasClockRightAtStart = clockOffset.isZero();
        newest = null;
        screens.restarted();
        Centre next = new Centre(around, boots++, this::published);
        centre = next;
        next.start(Town.parts(versions));
    }

    private void published(Picture picture) {
        newest = picture;
        newestMs = time.nowMs();
        checks.published(picture);
        screens.show(picture);
    }

    /** Does one thing, lets some time pass, and checks what must hold. */
    void step(SplittableRandom random) {
        act(random);
        pass(random);
        watch();
        check();
    }

    private void pass(SplittableRandom random) {
        int dice = random.nextInt(100);
        long ms;
        if (dice < 55) {
            ms = random.nextInt(40);
        } else if (dice < 80) {
            ms = random.nextInt(5_000);
        } else if (dice < 95) {
            ms = random.nextInt(90_000);
        } else {
            ms = random.nextInt(dice < 99 ? 900_000 : 5_400_000);
        }
        time.pass(ms);
    }

    /** Whoever runs a server starts it again when it has died. */
    private void watch() {
        Centre current = centre;
        if (current != null && current.isDead() && !isRestarting) {
            isRestarting = true;
            clients.disconnectAll();
            time.after(RESTART_MS, this::boot);
        }
    }

    private void act(SplittableRandom random) {
        switch (random.nextInt(40)) {
            case 0 -> crash();
            case 1 -> time.interruptAfter(random.nextInt(60), this::crash);
            case 2 -> database.become(Weather.values()[random.nextInt(Weather.values().length)]);
            case 3, 4, 5 -> database.become(Weather.FINE);
            case 6 -> database.failCommit(CommitFault.ANSWER_LOST);
            case 7 -> database.failCommit(CommitFault.TORN);
            case 8 -> database.tear();
            case 9 -> changeFiles(random);
            case 10 -> yesterday(random);
            case 11 -> stepClock(random);
            case 12 -> disconnect(random);
            case 13, 14, 15, 16, 17, 18 -> deed(random);
            case 19, 20, 21 -> order(random);
            case 22 -> screens.come(random);
            case 23 -> odd(random);
            case 24 -> burst(random);
            case 25, 26, 27, 28, 29, 30 -> clients.send(messages.ofDesk(random, of(random, DESKS), when(random)));
            default -> measure(random);
        }
    }

    private void crash() {
        Centre current = centre;
        if (current != null) {
            current.kill();
        }
    }

    /** The server's process ends, and what it finds when it starts is an old checkpoint. */
    private void yesterday(SplittableRandom random) {
        crash();
        checkpoints.goBack(1 + random.nextInt(4));
    }

    private void changeFiles(SplittableRandom random) {
        versions.put(of(random, FILES), random.nextInt(Town.VERSIONS));
        Centre current = centre;
        if (current != null && current.wayIn() != null) {
            current.change(Town.parts(versions));
        }
    }

    private void stepClock(SplittableRandom random) {
        clockOffset = random.nextInt(3) == 0 ? Duration.ofSeconds(random.nextInt(7_200) - 3_600) : Duration.ZERO;
    }

    private void disconnect(SplittableRandom random) {
        List<String> senders = clients.senders();
        if (!senders.isEmpty()) {
            clients.disconnect(of(random, senders));
        }
    }

    private static <T> T of(SplittableRandom random, List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    /** Most of what is told has just happened; some of it long ago. */
    private Instant when(SplittableRandom random) {
        long ago = random.nextInt(6) == 0 ? random.nextInt(10_800) : 0;
        return now().minusSeconds(ago).truncatedTo(java.time.temporal.ChronoUnit.MILLIS);
    }

    private void measure(SplittableRandom random) {
        String source = of(random, SENSORS);
        double before = water.getOrDefault(source, 1.2);
        double value = Math.max(0, Math.min(6, before + (random.nextInt(241) - 120) / 100.0));
        water.put(source, value);
        clients.send(messages.reading(random, source, when(random), value));
    }

    private void odd(SplittableRandom random) {
        if (random.nextBoolean() && !messages.isEmpty()) {
            Message before = messages.again(random);
            clients.send(random.nextInt(3) == 0 ? messages.conflicting(before) : before);
        } else {
            clients.send(messages.odd(random, of(random, DESKS), now()));
        }
    }

    private void burst(SplittableRandom random) {
        for (int n = 10 + random.nextInt(60); n > 0; n--) {
            if (random.nextBoolean()) {
                measure(random);
            } else {
                clients.send(messages.ofDesk(random, of(random, DESKS), when(random)));
            }
        }
    }

    private void deed(SplittableRandom random) {
        SimulatedPeople people = centre == null ? null : centre.people();
        Picture picture = newest;
        if (people == null || picture == null || picture.alarms().isEmpty()) {
            return;
        }
        Picture.Alarm alarm = of(random, List.copyOf(picture.alarms().values()));
        Act act = Act.values()[random.nextInt(Act.values().length)];
        Duration shelf = Duration.ofMinutes(1 + random.nextInt(120));
        String key = random.nextInt(8) == 0 ? "k" + Math.max(0, deeds - 1) : "k" + deeds++;
        people.act(viewer(random), act, alarm, shelf, key).onComplete(done -> {});
    }

    private static Viewer viewer(SplittableRandom random) {
        Role role = random.nextBoolean() ? Role.OPERATOR : Role.COMMANDER;
        return new Viewer(of(random, Town.PEOPLE), role, Town.REGION);
    }

    private void order(SplittableRandom random) {
        SimulatedPeople people = centre == null ? null : centre.people();
        Picture picture = newest;
        if (people == null || picture == null) {
            return;
        }
        List<SirenOrder> standing = picture.orders().values().stream()
                .filter(order -> order.state().isStanding())
                .toList();
        Viewer viewer = new Viewer(of(random, Town.PEOPLE), Role.COMMANDER, Town.REGION);
        if (standing.isEmpty() || random.nextInt(3) == 0) {
            people.prepare(viewer, of(random, Town.COMMUNES), "o" + deeds++).onComplete(done -> {});
        } else {
            SirenOrder order = of(random, standing);
            boolean isConfirmed = random.nextInt(3) > 0;
            boolean isOwn = order.prepared().by().equals(viewer.name());
            Viewer signed = isOwn && isConfirmed && plants.letsOnePersonConfirm()
                    ? new Viewer(viewer.name() + Plants.SECOND_SELF, viewer.role(), viewer.scope())
                    : viewer;
            Future<SirenOrder> done = people.end(signed, order.id(), isConfirmed);
            done.onComplete(ended -> {});
        }
    }

    private void check() {
        checks.journal();
        checks.ledger();
        Centre current = centre;
        Picture picture = newest;
        if (current == null || current.isDead()) {
            return;
        }
        Violation.unless(current.queued() <= Centre.JOURNAL.queueEvents(), "the journal's queue is over its bound");
        Violation.unless(current.queuedBytes() <= Centre.JOURNAL.queueBytes(), "the journal's queue is too heavy");
        if (picture == null) {
            return;
        }
        checks.live(picture, screens.document());
        screens.check();
        checkAlarmed(current, picture);
    }

    /** What is decided needs a moment to be written, more of one while the database comes back. */
    private void checkAlarmed(Centre current, Picture picture) {
        boolean isQuiet = database.weather() == Weather.FINE && current.isWritable();
        Optional<String> doubt = isQuiet ? checks.alarmed(picture) : Optional.empty();
        if (doubt.isEmpty()) {
            doubtSinceMs = Long.MAX_VALUE;
        } else {
            doubtSinceMs = Math.min(doubtSinceMs, newestMs);
            Violation.unless(time.nowMs() - doubtSinceMs < PATIENCE_MS, doubt.get());
        }
    }

    /** Lets everything come to rest in fine weather: then nothing is left over, and a restart changes nothing. */
    void end() {
        clockOffset = Duration.ZERO;
        database.become(Weather.FINE);
        database.failCommit(CommitFault.NONE);
        time.interruptAfter(Long.MAX_VALUE, () -> {});
        for (int n = 0; n < 30 && (n < 4 || clients.unacknowledged() > 0); n++) {
            watch();
            time.pass(60_000);
            check();
        }
        Violation.unless(clients.unacknowledged() == 0, clients.unacknowledged() + " messages are never acknowledged");
        checks.settledLedger();
        Picture last = newest;
        Violation.unless(last != null && last.position() == database.tables.position(), "the folds do not catch up");
        Violation.unless(checks.alarmed(last).isEmpty(), "at the end: " + checks.alarmed(last));
        checks.replayed(last, screens.document());
        crash();
        for (int n = 0; n < 4; n++) {
            watch();
            time.pass(30_000);
        }
        check();
        Violation.unless(newest != null, "there is no picture after a restart");
    }

    /** Returns how much has happened, by what it was. */
    Map<String, Long> happened() {
        Map<String, Long> happened = new java.util.TreeMap<>(checks.steps());
        happened.put("boots", (long) boots);
        happened.put("minutes", time.nowMs() / 60_000);
        database.tables.ledger.values().forEach(line -> {
            for (Tables.Count count : Tables.Count.values()) {
                happened.merge(count.name().toLowerCase(java.util.Locale.ROOT), Tables.of(line, count), Long::sum);
            }
        });
        return happened;
    }

    /** Returns what there is to be compared with another run of the same seed. */
    String trace() {
        List<Object> trace = new ArrayList<>(List.of(time.nowMs(), boots, database.tables.position()));
        database.tables.journal.values().forEach(row -> trace.addAll(java.util.Arrays.asList(row)));
        trace.add(screens.document());
        return trace.toString();
    }
}
