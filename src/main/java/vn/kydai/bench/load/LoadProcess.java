package vn.kydai.bench.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.kydai.event.codec.Json;

/**
 * A process that is the server's clients. Reads a {@link LoadOrder} from standard input, prints each {@link Phase} and at
 * last a {@link LoadReport}, one line each. A further line ends its work; the end of the input ends the process, so
 * that it never outlives whoever ordered it.
 */
public final class LoadProcess {
    private static final Logger LOGGER = LoggerFactory.getLogger(LoadProcess.class);

    private LoadProcess() {}

    /** Does one order: exit code 0 when it could be done, whatever came of it. */
    public static void main(String[] arguments) throws IOException {
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8);
        LoadOrder order = Json.MAPPER.readValue(orders.readLine(), LoadOrder.class);
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        vertx.exceptionHandler(bug -> {
            LOGGER.atError().setCause(bug).log("a client broke");
            System.exit(1);
        });
        Activity activity = activity(vertx, order);
        Context context = vertx.getOrCreateContext();
        context.runOnContext(v -> activity.run(out::println)
                .onSuccess(report -> out.println(text(report)))
                .onFailure(failure -> LOGGER.atError().setCause(failure).log("the load could not be made"))
                .onComplete(done -> System.exit(done.succeeded() ? 0 : 1)));
        while (orders.readLine() != null) {
            context.runOnContext(v -> activity.stop());
        }
        System.exit(1);
    }

    private static Activity activity(Vertx vertx, LoadOrder order) {
        if (order.publish() != null) {
            return new Publishing(vertx, order.publish());
        }
        if (order.watch() != null) {
            return new Crowd(vertx, order.watch());
        }
        throw new IllegalArgumentException("an order without a part");
    }

    private static String text(LoadReport report) {
        try {
            return Json.MAPPER.writeValueAsString(report);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a report cannot be written", e);
        }
    }
}
