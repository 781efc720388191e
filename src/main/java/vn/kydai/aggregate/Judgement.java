package vn.kydai.aggregate;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import vn.kydai.aggregate.Standing.End;
import vn.kydai.aggregate.Step.Said;
import vn.kydai.event.DossierStatus;

/** What the steps of one dossier say together. */
final class Judgement {
    private static final List<DossierStatus> RECEPTION_WITHOUT_2 =
            List.of(DossierStatus.PROCESSING, DossierStatus.STOPPED, DossierStatus.DONE, DossierStatus.RETURNED);
    private static final List<DossierStatus> NOT_RECEIVED = List.of(DossierStatus.SUBMITTED, DossierStatus.REFUSED);
    private static final List<DossierStatus> RECEPTION_IF_STATED =
            List.of(DossierStatus.SUPPLEMENT, DossierStatus.FEE, DossierStatus.WITHDRAWN);

    private final String code;
    private final List<Step> steps;

    /**
     * Judges a dossier.
     *
     * @param steps in their order, at least one
     */
    Judgement(String code, List<Step> steps) {
        this.code = code;
        this.steps = steps;
    }

    /**
     * Works out how it stands, apart from a due date that has to be computed from the procedure.
     *
     * @param isPausedByAgency whether waiting for another agency stops the clock
     * @param isAwaited tells of the step that named the deciding area whether that has yet to say anything
     */
    Standing standing(boolean isPausedByAgency, Predicate<Step> isAwaited, SortedMap<String, Integer> leftOut) {
        List<Step> entries = entries();
        Step first = entries.get(0);
        Step last = entries.get(entries.size() - 1);
        @Nullable Step proof = proof(entries);
        long reception = reception(entries, proof);
        Step told = proof == null ? first : proof;
        Clock clock = Clock.of(steps, reception, isPausedByAgency);
        @Nullable Step end = end(entries);
        @Nullable Step deciding = newestStep(said -> said.decidingArea() != null);
        Said latest = steps.get(steps.size() - 1).said();
        return new Standing(
                code,
                reception != Micros.NONE && !NOT_RECEIVED.contains(last.status()),
                last.status(),
                submission(entries),
                reception,
                end == null ? Micros.NONE : end.stamp().micros(),
                end == null ? End.RUNNING : kind(end),
                time(Said::dueAt),
                time(Said::promisedAt),
                Due.UNKNOWN,
                0,
                clock,
                latest.procedure(),
                latest.channel(),
                counter(),
                told.stamp().source(),
                deciding == null
                        ? told.said().area()
                        : requireNonNull(deciding.said().decidingArea()),
                told.said().area(),
                deciding != null && isAwaited.test(deciding),
                isTrue(newest(said -> said.isDigitised() != null), Said::isDigitised),
                isTrue(newest(said -> said.hasFee() != null), Said::hasFee),
                isTrue(newest(said -> said.isPaidOnline() != null), Said::isPaidOnline),
                Transitions.unexpected(entries),
                leftOut);
    }

    /** Steps that entered a status: the same status again is no change. */
    private List<Step> entries() {
        List<Step> entries = new ArrayList<>(steps.size());
        DossierStatus before = null;
        for (Step step : steps) {
            if (step.status() != before) {
                entries.add(step);
                before = step.status();
            }
        }
        return entries;
    }

    /**
     * When it was received, if it was: the newest stated moment, else the first status 2, else the first of 4, 8, 9, 10.
     * A stated moment alone proves nothing while it has only been submitted (1) or refused (3).
     */
    private long reception(List<Step> entries, @Nullable Step proof) {
        long stated = time(Said::receivedAt);
        if (stated != Micros.NONE) {
            boolean isReceived = proof != null || first(entries, RECEPTION_IF_STATED::contains) != null;
            return isReceived ? stated : Micros.NONE;
        }
        return proof == null ? Micros.NONE : proof.stamp().micros();
    }

    /** The step that proves a reception, and whose area received it. */
    private static @Nullable Step proof(List<Step> entries) {
        @Nullable Step received = first(entries, DossierStatus.RECEIVED::equals);
        return received == null ? first(entries, RECEPTION_WITHOUT_2::contains) : received;
    }

    /** When the citizen submitted it: the newest stated moment, else the first status 1. */
    private long submission(List<Step> entries) {
        long stated = time(Said::submittedAt);
        @Nullable Step submitted = first(entries, DossierStatus.SUBMITTED::equals);
        return stated != Micros.NONE || submitted == null
                ? stated
                : submitted.stamp().micros();
    }

    private @Nullable String counter() {
        return steps.stream()
                .map(step -> step.said().counter())
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** Returns the newest moment stated, or {@link Micros#NONE}. */
    private long time(ToLongFunction<Said> field) {
        for (int index = steps.size() - 1; index >= 0; index--) {
            long stated = field.applyAsLong(steps.get(index).said());
            if (stated != Micros.NONE) {
                return stated;
            }
        }
        return Micros.NONE;
    }

    private static @Nullable Step first(List<Step> entries, Predicate<DossierStatus> entered) {
        return entries.stream()
                .filter(step -> entered.test(step.status()))
                .findFirst()
                .orElse(null);
    }

    /** Of the ended statuses at the end, the last entry into 7, 8, 9; with none of those, the first 10. */
    private static @Nullable Step end(List<Step> entries) {
        Step returned = null;
        for (int index = entries.size() - 1; index >= 0; index--) {
            Step entry = entries.get(index);
            if (!entry.status().isEnded()) {
                break;
            }
            if (entry.status() != DossierStatus.RETURNED) {
                return entry;
            }
            returned = entry;
        }
        return returned;
    }

    private static End kind(Step end) {
        return switch (end.status()) {
            case WITHDRAWN -> End.WITHDRAWN;
            case STOPPED -> End.STOPPED;
            case SUBMITTED, RECEIVED, REFUSED, PROCESSING, SUPPLEMENT, FEE, DONE, RETURNED -> End.DONE;
        };
    }

    private @Nullable Said newest(Predicate<Said> states) {
        Step step = newestStep(states);
        return step == null ? null : step.said();
    }

    private @Nullable Step newestStep(Predicate<Said> states) {
        for (int index = steps.size() - 1; index >= 0; index--) {
            if (states.test(steps.get(index).said())) {
                return steps.get(index);
            }
        }
        return null;
    }

    private static boolean isTrue(@Nullable Said said, Function<Said, @Nullable Boolean> field) {
        return said != null && Boolean.TRUE.equals(field.apply(said));
    }
}
