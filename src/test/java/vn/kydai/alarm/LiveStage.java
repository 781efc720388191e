package vn.kydai.alarm;

import static java.util.Objects.requireNonNull;
import static vn.kydai.access.AccessFixture.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import vn.kydai.access.AccessFixture;
import vn.kydai.access.AuditLog;
import vn.kydai.aggregate.Figures;
import vn.kydai.bus.MessageHandover;
import vn.kydai.bus.Topic;
import vn.kydai.event.Configuration;
import vn.kydai.event.Configuration.Part;
import vn.kydai.event.Data;
import vn.kydai.event.JournalHead;
import vn.kydai.event.Picture;
import vn.kydai.http.HttpFixture;
import vn.kydai.journal.InMemoryJournal;
import vn.kydai.journal.Receipt;
import vn.kydai.journal.Submission;
import vn.kydai.observe.Patience;
import vn.kydai.registry.AlarmRules;
import vn.kydai.registry.Registry;
import vn.kydai.registry.Roster;

/** The real alarm stage behind a real HTTP server, with real folds that the test drives and a clock that it moves. */
final class LiveStage implements AutoCloseable {
    final AccessFixture log = new AccessFixture();
    final List<Route> mounted = new ArrayList<>();
    final HttpFixture http;
    private final BlockingQueue<JournalHead> heads = new LinkedBlockingQueue<>();
    private final InMemoryJournal journal = new InMemoryJournal(log.clock, heads::add);
    private final Figures figures = new Figures();
    private final AlarmVerticle stage;
    volatile Registry registry = Site.REGISTRY;
    volatile Set<String> listening = Set.of();
    private int events;

    LiveStage(AlarmRules rules) throws IOException {
        stage = new AlarmVerticle(
                new AlarmParts(
                        journal,
                        () -> rules,
                        () -> Vitals.UNKNOWN,
                        () -> registry,
                        () -> Roster.NONE,
                        new AuditLog(log.pool),
                        log.clock,
                        new SimpleMeterRegistry()),
                failure -> {
                    throw new AssertionError(failure);
                });
        stage.heardBy(() -> listening);
        http = new HttpFixture(List.of(this::mount), 100);
    }

    private void mount(Router router) {
        stage.mount(router);
        stage.mountShifts(router, new ShiftParts(log.access().people(), () -> Roster.NONE, log.pool));
        mounted.addAll(router.getRoutes());
    }

    void start() {
        MessageHandover.register(http.signIns.vertx.eventBus());
        String unused = await(http.signIns.vertx.deployVerticle(stage));
        tell("kydai", "-", new Configuration(Part.AREAS, "", Site.AREAS));
        tell("kydai", "-", new Configuration(Part.SOURCES, "", Site.SOURCES));
        tell("kydai", "-", new Configuration(Part.THRESHOLDS, "", Site.THRESHOLDS));
    }

    @Override
    public void close() {
        http.close();
        log.close();
    }

    long readable() {
        return journal.readable();
    }

    Picture picture() {
        return figures.picture(log.clock.instant());
    }

    HttpResponse<String> get(String path, String token) throws Exception {
        return http.send(http.request(path, token));
    }

    HttpRequest.Builder post(String path, String token, String body) {
        return http.request(path, token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
    }

    CompletableFuture<HttpResponse<String>> send(HttpRequest.Builder request) {
        return http.client.sendAsync(request.build(), BodyHandlers.ofString());
    }

    HttpResponse<String> act(HttpRequest.Builder request) throws Exception {
        return settled(send(request));
    }

    /** Folds what is appended meanwhile, as the stage before does. */
    HttpResponse<String> settled(CompletableFuture<HttpResponse<String>> answer) throws Exception {
        while (!answer.isDone()) {
            JournalHead head = heads.poll(10, TimeUnit.MILLISECONDS);
            if (head != null) {
                fold();
            }
        }
        return answer.get();
    }

    /** Waits until a request that was sent is in the journal, and leaves it unseen. */
    void appended(long after) {
        Patience.until("it is in the journal", () -> journal.readable() > after);
    }

    /** What people did or tried to do, "who|what|subject|result". */
    List<String> audited() {
        return StreamSupport.stream(
                        log.query("select who, what, subject, result from audit order by number")
                                .spliterator(),
                        false)
                .map(row -> row.getString(0) + "|" + row.getString(1) + "|" + row.getString(2) + "|" + row.getString(3))
                .toList();
    }

    void tell(String source, String area, Data data) {
        tell("t-" + events++, source, area, data);
    }

    /** Tells an event with an id. */
    void tell(String id, String source, String area, Data data) {
        Instant now = log.clock.instant();
        var unused = await(journal.append(new Submission.Draft(
                new Receipt(source, LocalDate.of(2026, 11, 25), false),
                100,
                source,
                id,
                true,
                area,
                now,
                Submission.Content.of(data, null, "digest"))));
    }

    /** Folds what there is, shows it, waits for so many decisions and folds them too. */
    void decide(int decisions) throws InterruptedException {
        heads.clear();
        fold();
        for (int decided = 0; decided < decisions; decided++) {
            requireNonNull(heads.poll(20, TimeUnit.SECONDS), "nothing was decided");
        }
        fold();
    }

    private void fold() {
        await(journal.read(picture().position(), 1_000)).forEach(figures::apply);
        Topic.PICTURES.publish(http.signIns.vertx.eventBus(), picture());
    }
}
