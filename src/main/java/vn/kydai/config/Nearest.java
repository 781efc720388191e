package vn.kydai.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the known name a mistyped one was meant to be. */
public final class Nearest {
    private Nearest() {}

    /** Returns the known name with the fewest typing errors between, if these are few enough to be a slip. */
    public static Optional<String> to(String found, Collection<String> known) {
        int most = Math.max(1, found.length() / 3);
        return known.stream()
                .filter(name -> distance(found, name) <= most)
                .min(Comparator.<String>comparingInt(name -> distance(found, name))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** Returns " (nearest known: …)", or an empty text when nothing is near. */
    public static String hint(String found, Collection<String> known) {
        return to(found, known).map(name -> " (nearest known: " + name + ")").orElse("");
    }

    /** Edit distance in which two swapped neighbours are one error (Damerau, restricted), letter case ignored. */
    private static int distance(String left, String right) {
        int[] beforeLast = new int[right.length() + 1];
        int[] last = new int[right.length() + 1];
        for (int column = 0; column <= right.length(); column++) {
            last[column] = column;
        }
        for (int row = 1; row <= left.length(); row++) {
            int[] current = new int[right.length() + 1];
            current[0] = row;
            for (int column = 1; column <= right.length(); column++) {
                int change = isSame(left, row, right, column) ? 0 : 1;
                int best = Math.min(last[column - 1] + change, Math.min(last[column], current[column - 1]) + 1);
                boolean isSwap = row > 1
                        && column > 1
                        && isSame(left, row, right, column - 1)
                        && isSame(left, row - 1, right, column);
                current[column] = isSwap ? Math.min(best, beforeLast[column - 2] + 1) : best;
            }
            beforeLast = last;
            last = current;
        }
        return last[right.length()];
    }

    private static boolean isSame(String left, int row, String right, int column) {
        return Character.toLowerCase(left.charAt(row - 1)) == Character.toLowerCase(right.charAt(column - 1));
    }
}
