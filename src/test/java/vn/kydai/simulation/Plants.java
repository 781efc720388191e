package vn.kydai.simulation;

import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.regex.Pattern;
import vn.kydai.aggregate.store.Checkpoint;
import vn.kydai.aggregate.store.Checkpoints;
import vn.kydai.event.Alarm;
import vn.kydai.event.Alarm.Step;
import vn.kydai.event.Event;
import vn.kydai.event.Journaled;
import vn.kydai.event.Picture;
import vn.kydai.event.Picture.SensorState;
import vn.kydai.event.Reading;
import vn.kydai.event.codec.DataJson;
import vn.kydai.event.codec.Json;
import vn.kydai.journal.Journal;
import vn.kydai.journal.Submission;
import vn.kydai.journal.Submission.Draft;

/** Puts a planted bug around parts of the product, which know nothing of it. */
final class Plants {
    /** What a person signs as who confirms his own order. */
    static final String SECOND_SELF = ".2";

    private static final Pattern REMOVAL = Pattern.compile("\"[^\"]*\":null,|,?\"[^\"]*\":null");
    private static final Duration LATE = Duration.ofMinutes(2);
    private static final int ONE_IN = 4;

    private final Plant plant;
    private final SplittableRandom chance;

    Plants(Plant plant, SplittableRandom chance) {
        this.plant = plant;
        this.chance = chance;
    }

    private boolean strikes(Plant asked) {
        return plant == asked && chance.nextInt(ONE_IN) == 0;
    }

    boolean losesCommit() {
        return strikes(Plant.LOST_OUTCOME);
    }

    /** Changes what the writer writes into the ledger. */
    Tuple written(Tuple written) {
        if (plant != Plant.DUPLICATE_COUNTED_COMMITTED) {
            return written;
        }
        int committed = 22;
        Tuple changed = Tuple.tuple();
        for (int n = 0; n < written.size(); n++) {
            boolean isMoved = n == committed || n == committed + 1;
            changed.addValue(isMoved ? moved(written, n == committed, committed) : written.getValue(n));
        }
        return changed;
    }

    private static Long[] moved(Tuple written, boolean isTarget, int committed) {
        Long[] moved = written.getArrayOfLongs(committed).clone();
        Long[] duplicates = written.getArrayOfLongs(committed + 1);
        for (int n = 0; n < moved.length; n++) {
            moved[n] = isTarget ? moved[n] + duplicates[n] : 0L;
        }
        return moved;
    }

    Checkpoints checkpoints(Checkpoints real) {
        if (plant != Plant.CHECKPOINT_ONE_BEHIND) {
            return real;
        }
        return new Checkpoints() {
            @Override
            public Future<Optional<Saved>> load(String format) {
                return real.load(format)
                        .map(found -> found.map(saved -> new Saved(saved.position() - 1, saved.pieces())));
            }

            @Override
            public Future<Void> write(Checkpoint checkpoint, String format) {
                return real.write(checkpoint, format);
            }
        };
    }

    /** What the alarm stage sees. */
    Object seen(Object body) {
        if (plant != Plant.CLEARED_BY_SILENCE || !(body instanceof Picture picture)) {
            return body;
        }
        Map<String, Picture.Sensor> sensors = new TreeMap<>(picture.sensors());
        sensors.replaceAll((key, sensor) -> sensor.state() == SensorState.SILENT ? nothing(sensor) : sensor);
        return new Picture(
                picture.position(),
                picture.at(),
                picture.areas(),
                new TreeMap<>(sensors),
                picture.ticker(),
                picture.alarms(),
                picture.floods(),
                picture.orders(),
                picture.desks(),
                picture.lastIngest(),
                picture.setAside(),
                picture.catchingUp());
    }

    private static Picture.Sensor nothing(Picture.Sensor sensor) {
        return new Picture.Sensor(
                sensor.source(),
                sensor.area(),
                sensor.station(),
                sensor.name(),
                sensor.metric(),
                sensor.unit(),
                0.0,
                sensor.at(),
                SensorState.GOOD,
                0,
                sensor.thresholds(),
                null,
                sensor.history(),
                sensor.findings(),
                sensor.place());
    }

    String patch(String patch) {
        return plant == Plant.PATCH_WITHOUT_REMOVALS
                ? REMOVAL.matcher(patch).replaceAll("").replace("{,", "{")
                : patch;
    }

    boolean letsOnePersonConfirm() {
        return plant == Plant.ORDER_BY_ONE_PERSON;
    }

    /** Stands before the journal of one life of the process; {@code boot} is 0 for the first. */
    Journal journal(Journal real, int boot) {
        long before = boot == 0 ? 0 : real.readable();
        return VirtualVertx.proxy(Journal.class, (self, method, args) -> {
            try {
                return switch (method.getName()) {
                    case "append" -> append(real, boot, (Submission) args[0]);
                    case "read" -> real.read((Long) args[0], (Integer) args[1]).map(page -> read(page, before));
                    default -> method.invoke(real, args);
                };
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }

    private Future<?> append(Journal real, int boot, Submission submission) {
        if (submission instanceof Draft draft && draft.content().data() instanceof Alarm alarm) {
            boolean isRaise = alarm.step() == Step.RAISED || alarm.step() == Step.REALARMED;
            if (isRaise && strikes(Plant.REPEATED_STEP)) {
                real.append(with(draft, draft.id() + "#", alarm));
            }
            if (alarm.step() == Step.ESCALATED && plant == Plant.TOLD_AGAIN_AFTER_RESTART) {
                return real.append(with(draft, draft.id() + "#" + boot, alarm));
            }
            if (alarm.step() == Step.CONFIRMED && plant == Plant.ORDER_BY_ONE_PERSON) {
                String by = String.valueOf(alarm.by()).replace(SECOND_SELF, "");
                return real.append(with(
                        draft,
                        draft.id(),
                        Alarm.ofOrder(alarm.source(), alarm.step(), alarm.order(), by, alarm.note(), alarm.until())));
            }
        }
        return real.append(submission);
    }

    private static Draft with(Draft draft, String id, Alarm alarm) {
        String json = Json.text(DataJson.write(alarm, null));
        Submission.Content content =
                new Submission.Content(alarm, null, json, draft.content().digest());
        return new Draft(
                draft.receipt(), draft.bytes(), draft.source(), id, true, draft.area(), draft.eventTime(), content);
    }

    private List<Journaled> read(List<Journaled> page, long before) {
        return switch (plant) {
            case FORGOTTEN_SHELF -> without(page, Step.SHELVED, before);
            case TOLD_AGAIN_AFTER_RESTART -> without(page, Step.ESCALATED, before);
            case LATE_READING_IS_NEWEST -> page.stream().map(Plants::punctual).toList();
            default -> page;
        };
    }

    private static List<Journaled> without(List<Journaled> page, Step step, long before) {
        return page.stream()
                .filter(journaled -> journaled.position() > before
                        || !(journaled.event().data() instanceof Alarm alarm && alarm.step() == step))
                .toList();
    }

    private static Journaled punctual(Journaled journaled) {
        Event event = journaled.event();
        boolean isLate = event.data() instanceof Reading
                && event.eventTime().isBefore(journaled.ingestTime().minus(LATE));
        return isLate
                ? new Journaled(
                        journaled.position(),
                        journaled.ingestTime(),
                        new Event(
                                event.id(),
                                event.source(),
                                event.area(),
                                journaled.ingestTime(),
                                false,
                                event.seq(),
                                event.data()))
                : journaled;
    }
}
