package vn.kydai.simulate;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What one source has not had acknowledged yet, in order. Bounded: a full outbox takes nothing more, and its owner
 * decides what that means. Not thread-safe.
 */
final class Outbox {
    private final int capacity;
    private final int window;
    private final int batch;
    private final Deque<Parcel> waiting = new ArrayDeque<>();
    private final NavigableMap<Long, Shipment> inFlight = new TreeMap<>();
    private int parcelsInFlight;
    private long lastNumber;

    /**
     * Creates an empty one.
     *
     * @param capacity most parcels held, in flight or waiting
     * @param window most shipments in flight
     * @param batch most parcels of one shipment
     */
    Outbox(int capacity, int window, int batch) {
        this.capacity = capacity;
        this.window = window;
        this.batch = batch;
    }

    /** Parcels sent together and answered together. */
    record Shipment(long number, List<Parcel> parcels) {
        Shipment {
            parcels = List.copyOf(parcels);
        }
    }

    /** Takes a parcel unless full. */
    boolean offer(Parcel parcel) {
        return size() < capacity && waiting.offer(parcel);
    }

    /** Returns what to send next; empty when nothing waits or the window is full. */
    Optional<Shipment> next() {
        if (waiting.isEmpty() || inFlight.size() >= window) {
            return Optional.empty();
        }
        List<Parcel> parcels = new ArrayList<>();
        while (parcels.size() < batch && !waiting.isEmpty()) {
            parcels.add(waiting.remove());
        }
        Shipment shipment = new Shipment(++lastNumber, parcels);
        inFlight.put(shipment.number(), shipment);
        parcelsInFlight += parcels.size();
        return Optional.of(shipment);
    }

    /** Forgets a shipment that was answered. */
    void answered(Shipment shipment) {
        if (inFlight.remove(shipment.number()) != null) {
            parcelsInFlight -= shipment.parcels().size();
        }
    }

    /** Puts everything unanswered back in front, in the old order: the connection broke. */
    void rewind() {
        for (Shipment shipment : inFlight.descendingMap().values()) {
            Iterator<Parcel> newestFirst = new ArrayDeque<>(shipment.parcels()).descendingIterator();
            newestFirst.forEachRemaining(waiting::addFirst);
        }
        inFlight.clear();
        parcelsInFlight = 0;
    }

    /** Returns how many parcels are unanswered. */
    int size() {
        return waiting.size() + parcelsInFlight;
    }
}
