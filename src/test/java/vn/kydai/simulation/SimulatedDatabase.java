package vn.kydai.simulation;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PreparedQuery;
import io.vertx.sqlclient.PreparedStatement;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL, as far as a centre asks it: tables, the writer's lock, transactions, and everything that can go wrong
 * between a server and its database. It outlives the centre's process.
 */
final class SimulatedDatabase {
    private static final int ANSWER_MS = 1;
    private static final int SLOW_MS = 9_000;

    /** Statements by their text, on one line. */
    private static final Map<String, String> HEADS = new ConcurrentHashMap<>();

    final Tables tables = new Tables();
    private final VirtualTime time;
    private final SplittableRandom chance;
    private final Plants plants;
    private final List<Session> sessions = new ArrayList<>();
    private final Thread only = Thread.currentThread();
    private Weather weather = Weather.FINE;
    private CommitFault next = CommitFault.NONE;
    private @Nullable Session locked;
    private long lockedUntilMs;

    /** How it is for everybody. */
    enum Weather {
        FINE,
        SLOW,
        READ_ONLY,
        AWAY
    }

    /** What happens to the next commit. */
    enum CommitFault {
        NONE,
        /** It is done, and its answer does not come. */
        ANSWER_LOST,
        /** The connection ends before it. */
        TORN
    }

    SimulatedDatabase(VirtualTime time, SplittableRandom chance, Plants plants) {
        this.time = time;
        this.chance = chance;
        this.plants = plants;
    }

    Weather weather() {
        return weather;
    }

    void become(Weather changed) {
        weather = changed;
        if (changed == Weather.AWAY) {
            List.copyOf(sessions).forEach(Session::tear);
        }
    }

    void failCommit(CommitFault fault) {
        next = fault;
    }

    /** Ends every connection of the moment. */
    void tear() {
        List.copyOf(sessions).forEach(Session::tear);
    }

    /** The centre's process is dead: what had reached the database is done, and the lock is let go after a while. */
    void abandoned(VirtualVertx process) {
        sessions.stream().filter(session -> session.process == process).toList().forEach(Session::abandon);
    }

    Future<PgConnection> connect(VirtualVertx process) {
        Promise<PgConnection> opened = Promise.promise();
        process.after(ANSWER_MS, () -> {
            if (weather == Weather.AWAY) {
                opened.fail(new IOException("nobody answers"));
            } else {
                Session session = new Session(process);
                sessions.add(session);
                opened.complete(session.connection);
            }
        });
        return opened.future();
    }

    /** What readers ask with. */
    Pool pool(VirtualVertx process) {
        return VirtualVertx.proxy(Pool.class, (self, method, args) -> switch (method.getName()) {
            case "preparedQuery" -> query(parameters -> read(process, (String) args[0], parameters));
            default -> VirtualVertx.otherwise(self, method, args);
        });
    }

    private Future<RowSet<Row>> read(VirtualVertx process, String sql, Tuple parameters) {
        Promise<RowSet<Row>> answer = Promise.promise();
        // A patience of the product's that ends in wall time ends on another thread, long after the run.
        if (Thread.currentThread() != only || process.isDead()) {
            return answer.future();
        }
        process.after(latencyMs(), () -> {
            if (weather == Weather.AWAY) {
                answer.fail(new IOException("the database is away"));
            } else {
                answer.complete(answer(sql, parameters));
            }
        });
        return answer.future();
    }

    private RowSet<Row> answer(String sql, Tuple parameters) {
        String head = head(sql);
        if (head.startsWith("select position, ingest_time, source")) {
            return tables.page(parameters);
        }
        if (head.startsWith("select data ->> 'what'")) {
            return tables.configuration(parameters.getString(0));
        }
        if (head.startsWith("select digest from event_identity")) {
            return tables.digest(parameters);
        }
        if (head.startsWith("insert into audit")) {
            return Rows.changed(1);
        }
        throw new Violation("the simulated database does not know: " + head);
    }

    private long latencyMs() {
        return weather == Weather.SLOW ? 1 + chance.nextInt(SLOW_MS) : ANSWER_MS + chance.nextInt(2);
    }

    private static String head(String sql) {
        return HEADS.computeIfAbsent(
                sql, text -> text.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT));
    }

    private interface Query {
        Future<RowSet<Row>> execute(Tuple parameters);
    }

    private static PreparedQuery<RowSet<Row>> query(Query query) {
        return VirtualVertx.proxy(
                PreparedQuery.class,
                (self, method, args) -> method.getName().equals("execute")
                        ? query.execute(args == null ? Tuple.tuple() : (Tuple) args[0])
                        : VirtualVertx.otherwise(self, method, args));
    }

    /** One connection: what it is asked is done in order, in a transaction between {@code begin} and {@code commit}. */
    private final class Session {
        final VirtualVertx process;
        final PgConnection connection = VirtualVertx.proxy(PgConnection.class, this::asked);
        private final List<Asked> queue = new ArrayList<>();
        private final List<Runnable> staged = new ArrayList<>();
        private @Nullable Runnable onClose;
        private boolean isInTransaction;
        private boolean hasFailed;
        private boolean isClosed;

        private record Asked(String sql, Tuple parameters, Promise<RowSet<Row>> answer) {}

        Session(VirtualVertx process) {
            this.process = process;
        }

        @SuppressWarnings("unchecked")
        private Object asked(Object self, java.lang.reflect.Method method, Object[] args) throws Throwable {
            return switch (method.getName()) {
                case "preparedQuery", "query" -> query(parameters -> ask((String) args[0], parameters));
                case "prepare" ->
                    Future.succeededFuture(VirtualVertx.<PreparedStatement>proxy(
                            PreparedStatement.class,
                            (it, asked, none) -> asked.getName().equals("query")
                                    ? query(parameters -> ask((String) args[0], parameters))
                                    : VirtualVertx.otherwise(it, asked, none)));
                case "closeHandler" -> {
                    io.vertx.core.Handler<Void> handler = (io.vertx.core.Handler<Void>) args[0];
                    onClose = () -> handler.handle(null);
                    yield self;
                }
                case "close" -> {
                    end(0);
                    yield Future.succeededFuture();
                }
                default -> VirtualVertx.otherwise(self, method, args);
            };
        }

        private Future<RowSet<Row>> ask(String sql, Tuple parameters) {
            if (isClosed) {
                return Future.failedFuture(new IOException("the connection is closed"));
            }
            Asked asked = new Asked(sql, parameters, Promise.promise());
            queue.add(asked);
            if (queue.size() == 1) {
                time.after(latencyMs(), this::serve);
            }
            return asked.answer().future();
        }

        private void serve() {
            if (isClosed || queue.isEmpty()) {
                return;
            }
            Asked asked = queue.get(0);
            boolean isCommit = asked.sql().equals("commit");
            if (isCommit && next == CommitFault.TORN) {
                next = CommitFault.NONE;
                end(lockMs());
                return;
            }
            Future<RowSet<Row>> answer = done(asked);
            if (isCommit && next == CommitFault.ANSWER_LOST) {
                next = CommitFault.NONE;
                end(lockMs());
                return;
            }
            queue.remove(0);
            process.after(0, () -> answer.onComplete(asked.answer()));
            if (!queue.isEmpty()) {
                time.after(latencyMs(), this::serve);
            }
        }

        private Future<RowSet<Row>> done(Asked asked) {
            try {
                return Future.succeededFuture(execute(head(asked.sql()), asked.parameters()));
            } catch (PgException refused) {
                hasFailed = true;
                return Future.failedFuture(refused);
            }
        }

        private RowSet<Row> execute(String sql, Tuple parameters) {
            switch (sql) {
                case "begin" -> isInTransaction = true;
                case "rollback" -> rollback();
                case "commit" -> commit();
                default -> {
                    if (hasFailed) {
                        throw new PgException("the transaction is aborted", "ERROR", "25P02", "");
                    }
                    return statement(sql, parameters);
                }
            }
            return Rows.changed(0);
        }

        private void commit() {
            if (!hasFailed && !plants.losesCommit()) {
                staged.forEach(Runnable::run);
            }
            rollback();
        }

        private void rollback() {
            staged.clear();
            isInTransaction = false;
            hasFailed = false;
        }

        private RowSet<Row> statement(String sql, Tuple parameters) {
            if (sql.startsWith("select pg_try_advisory_lock")) {
                boolean isFree = locked == null && time.nowMs() >= lockedUntilMs;
                if (isFree) {
                    locked = this;
                }
                return Rows.one(isFree);
            }
            // No event of the simulated town is one that cannot be folded.
            boolean isOfSetAside = sql.endsWith("from set_aside");
            boolean isOfSession = sql.startsWith("set ") || sql.startsWith("reset ");
            if (isOfSetAside || isOfSession || sql.startsWith("select make_journal_partition")) {
                return Rows.changed(0);
            }
            if (sql.startsWith("select position, ingest_time, batch")) {
                return tables.ending();
            }
            if (sql.startsWith("select source, spans from source_seq")) {
                return tables.sequences();
            }
            if (sql.startsWith("select first_position, day")) {
                return tables.days();
            }
            return change(sql, parameters);
        }

        private RowSet<Row> change(String sql, Tuple parameters) {
            if (weather == Weather.READ_ONLY) {
                throw new PgException("cannot execute in a read-only transaction", "ERROR", "25006", "");
            }
            if (sql.startsWith("with input as")) {
                RowSet<Row> known = tables.known(parameters);
                stage(() -> tables.claim(parameters));
                return known;
            }
            if (sql.startsWith("with journaled as")) {
                checkStorable(parameters);
                stage(() -> tables.write(plants.written(parameters)));
            } else if (sql.startsWith("insert into journal_day")) {
                stage(() -> tables.addDay(parameters));
            } else if (sql.startsWith("update ledger set interrupted")) {
                stage(tables::interrupt);
            } else if (sql.startsWith("delete from event_identity")) {
                return Rows.changed(tables.forget(parameters));
            } else {
                throw new Violation("the simulated database does not know: " + sql);
            }
            return Rows.changed(1);
        }

        private static void checkStorable(Tuple written) {
            for (String data : written.getArrayOfStrings(13)) {
                if (data.contains(Messages.POISON)) {
                    throw new PgException("cannot be stored", "ERROR", "22P05", "");
                }
            }
        }

        private void stage(Runnable change) {
            if (isInTransaction) {
                staged.add(change);
            } else {
                change.run();
            }
        }

        /** The connection breaks; some of what was on its way had reached the database. */
        void tear() {
            arrive();
            end(lockMs());
        }

        /** The process at the other end is dead. */
        void abandon() {
            arrive();
            onClose = null;
            end(lockMs());
        }

        private void arrive() {
            int arrived = chance.nextInt(queue.size() + 1);
            queue.subList(0, arrived).forEach(this::done);
        }

        private long lockMs() {
            return chance.nextInt(2_500);
        }

        private void end(long lockedForMs) {
            if (isClosed) {
                return;
            }
            isClosed = true;
            sessions.remove(this);
            rollback();
            if (locked == this) {
                locked = null;
                lockedUntilMs = time.nowMs() + lockedForMs;
            }
            List<Asked> unanswered = List.copyOf(queue);
            queue.clear();
            Runnable closing = onClose;
            process.after(0, () -> {
                unanswered.forEach(asked -> asked.answer().tryFail(new IOException("the connection is closed")));
                if (closing != null) {
                    closing.run();
                }
            });
        }
    }
}
