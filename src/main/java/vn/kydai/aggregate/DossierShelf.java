package vn.kydai.aggregate;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * Every dossier's file by its code, in pieces of those that came one after another: what is old hardly ever changes, so
 * few pieces are saved again.
 */
final class DossierShelf {
    private static final String PIECE = "dossiers/";
    private static final int FILES_OF_A_PIECE = 500;

    private final Map<String, Integer> pieceOf = new HashMap<>();
    private final List<Map<String, DossierFile>> pieces = new ArrayList<>();
    private final BitSet changed = new BitSet();

    /** Returns a dossier's file, a new one if need be, to be changed. */
    DossierFile file(String code) {
        Integer known = pieceOf.get(code);
        int piece = known == null ? pieceOf.size() / FILES_OF_A_PIECE : known;
        changed.set(piece);
        pieceOf.put(code, piece);
        return piece(piece).computeIfAbsent(code, DossierFile::new);
    }

    /** Returns all files by their codes, to be changed. */
    List<Map<String, DossierFile>> all() {
        changed.set(0, pieces.size());
        return List.copyOf(pieces);
    }

    /** Returns all files, to be read. */
    Iterable<DossierFile> read() {
        return () -> pieces.stream().flatMap(piece -> piece.values().stream()).iterator();
    }

    int size() {
        return pieceOf.size();
    }

    /** Hands over the pieces that may have changed since the last time, by name. */
    void drain(SortedMap<String, byte[]> saved) {
        changed.stream().forEach(piece -> saved.put(PIECE + piece, SavedState.write(piece(piece))));
        changed.clear();
    }

    /** Takes back a piece; tells whether it was one. */
    boolean restore(String name, byte[] saved) {
        if (!name.startsWith(PIECE)) {
            return false;
        }
        int piece = Integer.parseInt(name.substring(PIECE.length()));
        ((Map<?, ?>) SavedState.read(saved)).forEach((code, file) -> {
            pieceOf.put((String) code, piece);
            piece(piece).put((String) code, (DossierFile) file);
        });
        return true;
    }

    private Map<String, DossierFile> piece(int piece) {
        while (pieces.size() <= piece) {
            pieces.add(new HashMap<>());
        }
        return pieces.get(piece);
    }
}
