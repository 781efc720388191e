package vn.kydai.it;

/** Lets threads through while it is open, and holds them while it is closed. */
public final class Gate {
    private boolean isOpen;

    /** Lets everybody through. */
    public synchronized void open() {
        isOpen = true;
        notifyAll();
    }

    /** Holds whoever comes. */
    public synchronized void close() {
        isOpen = false;
    }

    /** Returns at once while open, else when it opens. */
    public synchronized void await() throws InterruptedException {
        while (!isOpen) {
            wait();
        }
    }
}
