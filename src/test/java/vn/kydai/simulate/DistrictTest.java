package vn.kydai.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import vn.kydai.event.Dossier;
import vn.kydai.event.DossierStatus;
import vn.kydai.event.Event;
import vn.kydai.event.Kind;
import vn.kydai.event.Rating;
import vn.kydai.event.Ticket;
import vn.kydai.event.codec.CloudEventJson;
import vn.kydai.event.codec.Json;
import vn.kydai.registry.Registry;
import vn.kydai.registry.WorkingCalendar;

class DistrictTest {
    private static final long SEED = 477;
    private static final LocalDate WEDNESDAY = LocalDate.of(2026, 11, 25);
    private static final LocalDate HOLIDAY = LocalDate.of(2026, 11, 24);

    /** Domain rules §2; the empty status stands for a dossier not yet heard of. */
    private static final Map<DossierStatus, Set<DossierStatus>> ALLOWED = Map.of(
            DossierStatus.SUBMITTED,
            Set.of(DossierStatus.RECEIVED, DossierStatus.REFUSED),
            DossierStatus.RECEIVED,
            Set.of(DossierStatus.PROCESSING),
            DossierStatus.PROCESSING,
            Set.of(
                    DossierStatus.SUPPLEMENT,
                    DossierStatus.FEE,
                    DossierStatus.WITHDRAWN,
                    DossierStatus.STOPPED,
                    DossierStatus.DONE),
            DossierStatus.SUPPLEMENT,
            Set.of(DossierStatus.PROCESSING),
            DossierStatus.FEE,
            Set.of(DossierStatus.PROCESSING),
            DossierStatus.DONE,
            Set.of(DossierStatus.RETURNED));

    private final Registry registry = TestingDistrict.registry();
    private final District district = new District(SEED, registry);

    @Test
    void theSameSeedGivesTheSameDayByteForByte() {
        String once = text(district.day(WEDNESDAY));
        String again = text(new District(SEED, registry).day(WEDNESDAY));
        String other = text(new District(SEED + 1, registry).day(WEDNESDAY));

        assertEquals(once, again);
        assertNotEquals(once, other);
    }

    @Test
    void desksSayNothingWhileTheyAreClosed() {
        WorkingCalendar calendar = registry.calendar();
        for (LocalDate date = HOLIDAY.minusDays(4); date.isBefore(HOLIDAY.plusDays(2)); date = date.plusDays(1)) {
            List<Event> closed = district.day(date).stream()
                    .map(Emission::event)
                    .filter(event -> event.kind() != Kind.READING)
                    .filter(event -> !calendar.opening(event.eventTime()).isOpen())
                    .toList();
            assertEquals(List.of(), closed, "on " + date);
        }
    }

    @Test
    void sensorsGoOnWhenDesksAreClosed() {
        List<Emission> holiday = district.day(HOLIDAY);

        assertFalse(holiday.isEmpty());
        assertTrue(holiday.stream().allMatch(emission -> emission.event().kind() == Kind.READING));
    }

    @Test
    void receivesAboutFourHundredDossiersOnAnOrdinaryDay() {
        List<Dossier> dossiers = of(events(WEDNESDAY), Dossier.class);

        long received = dossiers.stream()
                .filter(dossier -> dossier.status() == DossierStatus.RECEIVED)
                .count();
        long done = dossiers.stream()
                .filter(dossier -> dossier.status() == DossierStatus.DONE)
                .count();
        long online = dossiers.stream()
                .filter(dossier -> dossier.status() == DossierStatus.RECEIVED)
                .filter(dossier -> dossier.channel() == Dossier.Channel.ONLINE)
                .count();
        assertBetween(340, 480, received);
        assertBetween(300, 520, done);
        assertBetween(45, 70, 100 * online / received);
    }

    @Test
    void ticketsAreIssuedThenCalledThenServed() {
        Map<String, List<Event>> tickets = events(WEDNESDAY).stream()
                .filter(event -> event.data() instanceof Ticket)
                .sorted(java.util.Comparator.comparing(Event::eventTime))
                .collect(Collectors.groupingBy(event -> event.source() + ((Ticket) event.data()).ticket()));

        List<Long> waits = new ArrayList<>();
        tickets.values().forEach(steps -> {
            List<Ticket.Step> order =
                    steps.stream().map(event -> ((Ticket) event.data()).step()).toList();
            assertTrue(
                    order.equals(List.of(Ticket.Step.ISSUED, Ticket.Step.CALLED, Ticket.Step.SERVED))
                            || order.equals(List.of(Ticket.Step.ISSUED, Ticket.Step.CALLED, Ticket.Step.ABSENT))
                            || order.equals(List.of(Ticket.Step.ISSUED, Ticket.Step.CANCELLED)),
                    order::toString);
            waits.add(Duration.between(steps.get(0).eventTime(), steps.get(1).eventTime())
                    .toMinutes());
        });
        assertBetween(350, 700, tickets.size());
        assertBetween(5, 20, (long)
                waits.stream().mapToLong(Long::longValue).average().orElse(0));
    }

    @Test
    void mostRatingsAreGood() {
        List<Rating> ratings = of(events(WEDNESDAY), Rating.class);

        long good = ratings.stream()
                .filter(rating -> rating.level() != Rating.Level.DISSATISFIED)
                .count();
        assertBetween(92, 99, 100 * good / ratings.size());
    }

    @Test
    void aDossierTakesOnlyLegalSteps() {
        Map<String, DossierStatus> last = new HashMap<>();
        district.backlog(null, at(WEDNESDAY, 16)).stream()
                .map(Emission::event)
                .filter(event -> event.data() instanceof Dossier)
                .distinct()
                .sorted(java.util.Comparator.comparing(Event::eventTime))
                .forEach(event -> {
                    Dossier dossier = (Dossier) event.data();
                    DossierStatus before = last.put(dossier.dossier(), dossier.status());
                    assertTrue(
                            before == null
                                    ? dossier.status().code() <= 2
                                    : ALLOWED.getOrDefault(before, Set.of()).contains(dossier.status()),
                            () -> dossier.dossier() + ": " + before + " to " + dossier.status());
                });
        assertBetween(1_200, 2_500, last.size());
    }

    @Test
    void aFreshWallIsFull() {
        Instant now = at(WEDNESDAY, 14);

        Tally tally = new Tally(registry, now);
        district.backlog(null, now).forEach(emission -> tally.take(emission.event()));

        System.out.println(tally);
        assertBetween(1_000, 1_500, tally.processing());
        assertBetween(6, 30, tally.overdue());
        assertBetween(940, 990, tally.onTimePerMille());
    }

    @Test
    void aSecondStartGoesOnWhereTheFirstEnded() {
        Instant stopped = at(WEDNESDAY.minusDays(5), 15);
        Instant now = at(WEDNESDAY, 10);

        Tally fresh = new Tally(registry, now);
        district.backlog(null, now).forEach(emission -> fresh.take(emission.event()));
        Tally continued = new Tally(registry, now);
        district.backlog(null, stopped).forEach(emission -> continued.take(emission.event()));
        district.backlog(stopped, now).forEach(emission -> continued.take(emission.event()));

        assertEquals(fresh.processing(), continued.processing());
        assertEquals(fresh.overdue(), continued.overdue());
    }

    @Test
    void thePastWeeksHoldWholeLivesOfWhatEndedAndNothingOfTheBacklog() {
        Instant now = at(WEDNESDAY, 10);

        SortedMap<LocalDate, List<Emission>> weeks = district.pastWeeks(WEDNESDAY);

        List<Emission> past = weeks.values().stream().flatMap(List::stream).toList();
        Set<String> twice = keys(past);
        twice.retainAll(keys(district.backlog(null, now)));
        assertEquals(Set.of(), twice);
        assertTrue(weeks.firstKey().isBefore(WEDNESDAY.minusDays(21)), () -> "begins on " + weeks.firstKey());
        Map<String, DossierStatus> last = new HashMap<>();
        past.stream()
                .sorted(Emission.ORDER)
                .map(emission -> emission.event().data())
                .filter(Dossier.class::isInstance)
                .map(Dossier.class::cast)
                .forEach(dossier -> {
                    DossierStatus before = last.put(dossier.dossier(), dossier.status());
                    assertTrue(
                            before != null || dossier.status().code() <= 2,
                            () -> dossier.dossier() + " begins with " + dossier.status());
                });
        assertEquals(
                Set.of(),
                last.entrySet().stream()
                        .filter(life -> life.getValue().code() < 7 && life.getValue() != DossierStatus.REFUSED)
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toSet()));
    }

    @Test
    void theAgendaMissesNothingAfterTheBacklog() {
        Instant now = at(WEDNESDAY, 10);
        Instant evening = at(WEDNESDAY, 20);
        Set<String> expected = keys(district.day(WEDNESDAY).stream()
                .filter(emission -> !emission.sendAt().isAfter(evening))
                .toList());

        Set<String> sent = keys(district.backlog(null, now));
        sent.addAll(keys(new Agenda(district, now).take(evening)));

        expected.removeAll(sent);
        assertEquals(Set.of(), expected);
    }

    @Test
    void idsAreUniqueAtTheirSource() {
        Map<String, Event> byId = new HashMap<>();
        district.day(WEDNESDAY).forEach(emission -> {
            Event event = emission.event();
            Event other = byId.putIfAbsent(event.source() + "/" + event.id(), event);
            assertTrue(other == null || other.equals(event), event.id());
        });
    }

    private List<Event> events(LocalDate date) {
        return district.day(date).stream().map(Emission::event).distinct().toList();
    }

    private static <T> List<T> of(List<Event> events, Class<T> type) {
        return events.stream()
                .map(Event::data)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    private static Set<String> keys(List<Emission> emissions) {
        return emissions.stream()
                .map(emission ->
                        emission.event().source() + "/" + emission.event().id())
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static String text(List<Emission> emissions) {
        return emissions.stream()
                .map(emission -> Json.time(emission.sendAt()) + Json.text(CloudEventJson.write(emission.event())))
                .collect(Collectors.joining("\n"));
    }

    private static Instant at(LocalDate date, int hour) {
        return date.atTime(hour, 0).atZone(WorkingCalendar.ZONE).toInstant();
    }

    private static void assertBetween(long least, long most, long value) {
        assertTrue(value >= least && value <= most, () -> value + " is not in " + least + "…" + most);
    }
}
