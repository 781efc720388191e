package vn.kydai.aggregate;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * Parts of the state by their keys, in pieces of those that came one after another: what is old hardly ever changes, so few
 * pieces are saved again.
 */
final class Shelf<K extends Serializable, V extends Serializable> {
    private static final int PARTS_OF_A_PIECE = 500;

    private final String name;
    private final Function<K, V> made;
    private final Map<K, Integer> pieceOf = new HashMap<>();
    private final List<Map<K, V>> pieces = new ArrayList<>();
    private final BitSet changed = new BitSet();

    /**
     * Makes an empty one.
     *
     * @param name its pieces' names begin with it
     * @param made makes a part that is not there yet
     */
    Shelf(String name, Function<K, V> made) {
        this.name = name;
        this.made = made;
    }

    /** Returns a part, a new one if need be, to be changed. */
    V part(K key) {
        Integer known = pieceOf.get(key);
        int piece = known == null ? pieceOf.size() / PARTS_OF_A_PIECE : known;
        changed.set(piece);
        if (known == null) {
            pieceOf.put(key, piece);
        }
        return piece(piece).computeIfAbsent(key, made);
    }

    /** Lets every part be changed by what tells whether it did. */
    void change(BiPredicate<K, V> change) {
        for (int piece = 0; piece < pieces.size(); piece++) {
            for (Map.Entry<K, V> part : pieces.get(piece).entrySet()) {
                if (change.test(part.getKey(), part.getValue())) {
                    changed.set(piece);
                }
            }
        }
    }

    /** Returns all parts, to be read. */
    Iterable<V> read() {
        return () -> pieces.stream().flatMap(piece -> piece.values().stream()).iterator();
    }

    int size() {
        return pieceOf.size();
    }

    /** Hands over the pieces that may have changed since the last time, by name. */
    void drain(Map<String, byte[]> saved) {
        changed.stream().forEach(piece -> saved.put(name + piece, SavedState.write(piece(piece))));
        changed.clear();
    }

    /** Says of every piece that it is gone. */
    void drainGone(Map<String, byte[]> saved) {
        for (int piece = 0; piece < pieces.size(); piece++) {
            saved.put(name + piece, SavedState.GONE);
        }
    }

    /** Tells whether a piece of that name is its own. */
    boolean isOwn(String piece) {
        return piece.startsWith(name);
    }

    /** Takes back one of its own pieces. */
    @SuppressWarnings("unchecked")
    void restore(String pieceName, byte[] saved) {
        int piece = Integer.parseInt(pieceName.substring(name.length()));
        ((Map<K, V>) SavedState.read(saved)).forEach((key, part) -> {
            pieceOf.put(key, piece);
            piece(piece).put(key, part);
        });
    }

    private Map<K, V> piece(int piece) {
        while (pieces.size() <= piece) {
            pieces.add(new HashMap<>());
        }
        return pieces.get(piece);
    }
}
