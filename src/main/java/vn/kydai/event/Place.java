package vn.kydai.event;

/**
 * Where a device stands on the map, degrees WGS84. Within the frame of Viet Nam and its seas, so that two numbers that were
 * swapped, or a device that was never placed (0, 0), are no place.
 */
public record Place(double latitude, double longitude) {
    /** What is allowed, in words. */
    public static final String ALLOWED = "latitude 6 to 24 and longitude 101 to 118 (WGS84, degrees)";

    private static final double SOUTH = 6;
    private static final double NORTH = 24;
    private static final double WEST = 101;
    private static final double EAST = 118;

    public Place {
        if (!isWithin(latitude, longitude)) {
            throw new IllegalArgumentException("found " + latitude + ", " + longitude + "; allowed: " + ALLOWED);
        }
    }

    /** Tells whether there can be a device there. */
    public static boolean isWithin(double latitude, double longitude) {
        return latitude >= SOUTH && latitude <= NORTH && longitude >= WEST && longitude <= EAST;
    }
}
