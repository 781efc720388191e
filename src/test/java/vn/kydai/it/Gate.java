package vn.kydai.it;

/** Lets threads through while it is open, and holds them while it is closed. */
final class Gate {
    private boolean isOpen;

    synchronized void open() {
        isOpen = true;
        notifyAll();
    }

    synchronized void close() {
        isOpen = false;
    }

    /** Returns at once while open, else when it opens. */
    synchronized void await() throws InterruptedException {
        while (!isOpen) {
            wait();
        }
    }
}
