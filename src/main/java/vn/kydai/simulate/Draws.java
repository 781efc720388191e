package vn.kydai.simulate;

import java.time.LocalDate;
import java.util.SplittableRandom;

/**
 * Random numbers that depend on names alone: the same seed, name and number give the same stream on every machine and
 * whatever was drawn before.
 */
final class Draws {
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private Draws() {}

    /** Returns the stream of a name and a number. */
    static SplittableRandom stream(long seed, String name, long number) {
        return new SplittableRandom(mixed(seed, name, number));
    }

    /** Returns the stream of a name on a date. */
    static SplittableRandom stream(long seed, String name, LocalDate date) {
        return stream(seed, name, date.toEpochDay());
    }

    /** Returns one number in 0…1 of a name and a number; cheaper than a stream. */
    static double one(long seed, String name, long number) {
        return (mixed(seed, name, number) >>> 11) * 0x1.0p-53;
    }

    private static long mixed(long seed, String name, long number) {
        long hash = FNV_OFFSET ^ seed;
        for (int index = 0; index < name.length(); index++) {
            hash = (hash ^ name.charAt(index)) * FNV_PRIME;
        }
        return finished(finished(hash) ^ (number * 0x9e3779b97f4a7c15L));
    }

    /** Spreads every bit over all (finaliser of MurmurHash3): FNV alone leaves near numbers alike. */
    private static long finished(long hash) {
        long spread = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        spread = (spread ^ (spread >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return spread ^ (spread >>> 33);
    }
}
