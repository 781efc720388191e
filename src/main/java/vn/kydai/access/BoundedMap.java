package vn.kydai.access;

import java.util.LinkedHashMap;
import java.util.Map;

/** A map with a bound: when full, the entry not touched for longest goes. Not thread-safe. */
final class BoundedMap<K, V> extends LinkedHashMap<K, V> {
    private static final int INITIAL_CAPACITY = 16;
    private static final float LOAD_FACTOR = 0.75f;

    private final int bound;

    BoundedMap(int bound) {
        super(INITIAL_CAPACITY, LOAD_FACTOR, true);
        this.bound = bound;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > bound;
    }
}
