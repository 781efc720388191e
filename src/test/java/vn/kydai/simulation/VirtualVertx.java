package vn.kydai.simulation;

import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Timer;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

/**
 * What verticles ask of Vert.x, on virtual time and the one thread: timers, the event loop, blocking work, the event bus,
 * deployment. One for each life of the server's process: once it is killed, nothing of it runs any more.
 */
final class VirtualVertx {
    private final VirtualTime time;
    private final UnaryOperator<Object> seen;
    private final BiConsumer<String, Object> published;
    private final Map<String, List<Handler<Message<Object>>>> consumers = new HashMap<>();
    private final Map<String, Deployable> deployed = new HashMap<>();
    private final Set<Long> timers = new HashSet<>();
    private final Vertx vertx = proxy(Vertx.class, this::ofVertx);
    private final Context context = proxy(Context.class, this::ofContext);
    private final EventBus bus = proxy(EventBus.class, this::ofBus);
    private long named;
    private boolean isDead;

    /**
     * Begins a process.
     *
     * @param seen what becomes of a message on the bus before it is heard
     * @param published told of each message as it is published
     */
    VirtualVertx(VirtualTime time, UnaryOperator<Object> seen, BiConsumer<String, Object> published) {
        this.time = time;
        this.seen = seen;
        this.published = published;
    }

    Vertx vertx() {
        return vertx;
    }

    boolean isDead() {
        return isDead;
    }

    /** Kills the process: whatever it had still to do is not done. */
    void kill() {
        isDead = true;
    }

    /** Has the process do something after a while, if it lives then. */
    void after(long delayMs, Runnable work) {
        time.after(delayMs, () -> {
            if (!isDead) {
                work.run();
            }
        });
    }

    private Object ofVertx(Object self, Method method, Object[] args) throws Throwable {
        return switch (method.getName()) {
            case "getOrCreateContext" -> context;
            case "eventBus" -> bus;
            case "setTimer" -> once((Long) args[0], handler(args[1]));
            case "setPeriodic" ->
                args.length == 2
                        ? periodic((Long) args[0], (Long) args[0], handler(args[1]))
                        : periodic((Long) args[0], (Long) args[1], handler(args[2]));
            case "cancelTimer" -> timers.remove((Long) args[0]);
            case "timer" -> timer(args.length == 1 ? (Long) args[0] : ((TimeUnit) args[1]).toMillis((Long) args[0]));
            case "runOnContext", "executeBlocking" -> ofContext(self, method, args);
            case "deployVerticle" -> deploy((Deployable) args[0]);
            case "undeploy" ->
                deployed.remove((String) args[0]).undeploy(context).mapEmpty();
            default -> otherwise(self, method, args);
        };
    }

    private Object ofContext(Object self, Method method, Object[] args) throws Throwable {
        return switch (method.getName()) {
            case "owner" -> vertx;
            case "runOnContext" -> {
                Handler<Void> handler = handler(args[0]);
                after(0, () -> handler.handle(null));
                yield null;
            }
            case "executeBlocking" -> blocking((Callable<?>) args[0]);
            case "isEventLoopContext" -> true;
            default -> otherwise(self, method, args);
        };
    }

    private Object ofBus(Object self, Method method, Object[] args) throws Throwable {
        String address = args != null && args.length > 0 ? String.valueOf(args[0]) : "";
        return switch (method.getName()) {
            case "publish" -> {
                Object body = seen.apply(args[1]);
                Message<Object> message = proxy(
                        Message.class,
                        (it, asked, none) -> asked.getName().equals("body") ? body : otherwise(it, asked, none));
                published.accept(address, args[1]);
                consumers.getOrDefault(address, List.of()).forEach(each -> after(0, () -> each.handle(message)));
                yield self;
            }
            case "localConsumer" -> {
                Handler<Message<Object>> handler = handler(args[1]);
                consumers.computeIfAbsent(address, none -> new ArrayList<>()).add(handler);
                yield proxy(MessageConsumer.class, (it, asked, none) -> {
                    if (asked.getName().equals("unregister")) {
                        consumers.get(address).remove(handler);
                        return Future.succeededFuture();
                    }
                    return otherwise(it, asked, none);
                });
            }
            default -> otherwise(self, method, args);
        };
    }

    private long once(long delayMs, Handler<Long> handler) {
        long id = ++named;
        timers.add(id);
        after(delayMs, () -> {
            if (timers.remove(id)) {
                handler.handle(id);
            }
        });
        return id;
    }

    private long periodic(long firstMs, long everyMs, Handler<Long> handler) {
        long id = ++named;
        timers.add(id);
        again(id, firstMs, everyMs, handler);
        return id;
    }

    private void again(long id, long delayMs, long everyMs, Handler<Long> handler) {
        after(delayMs, () -> {
            if (timers.contains(id)) {
                again(id, everyMs, everyMs, handler);
                handler.handle(id);
            }
        });
    }

    private Object timer(long delayMs) {
        Promise<Void> fired = Promise.promise();
        after(delayMs, fired::tryComplete);
        return proxy(Timer.class, (self, method, args) -> reached(() -> method.invoke(fired.future(), args)));
    }

    private Future<Object> blocking(Callable<?> work) {
        Promise<Object> done = Promise.promise();
        after(1, () -> {
            try {
                done.complete(work.call());
            } catch (Exception e) {
                done.fail(e);
            }
        });
        return done.future();
    }

    private Future<String> deploy(Deployable verticle) {
        String id = "verticle-" + ++named;
        deployed.put(id, verticle);
        try {
            return verticle.deploy(context).map(id);
        } catch (Exception e) {
            return Future.failedFuture(e);
        }
    }

    /** Answers as every object does, or as the interface itself says; anything else the simulation does not know yet. */
    static Object otherwise(Object self, Method method, Object[] args) throws Throwable {
        return switch (method.getName()) {
            case "hashCode" -> 1;
            case "equals" -> self == args[0];
            case "toString" -> "simulated";
            default -> {
                if (method.isDefault()) {
                    yield InvocationHandler.invokeDefault(self, method, args);
                }
                throw new Violation("the simulation has no " + method);
            }
        };
    }

    @SuppressWarnings("unchecked")
    static <T> T proxy(Class<? super T> type, InvocationHandler handler) {
        return (T) Proxy.newProxyInstance(VirtualVertx.class.getClassLoader(), new Class<?>[] {type}, handler);
    }

    @SuppressWarnings("unchecked")
    private static <T> Handler<T> handler(Object handler) {
        return (Handler<T>) handler;
    }

    private interface Reflective {
        Object call() throws ReflectiveOperationException;
    }

    private static Object reached(Reflective call) throws Throwable {
        try {
            return call.call();
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
