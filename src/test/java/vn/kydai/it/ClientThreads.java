package vn.kydai.it;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Virtual threads of clients, told to stop as soon as the test leaves, whichever way: they would try for ever. */
final class ClientThreads implements AutoCloseable {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    <T> Future<T> submit(Callable<T> client) {
        return threads.submit(client);
    }

    @Override
    public void close() {
        threads.shutdownNow();
        threads.close();
    }
}
