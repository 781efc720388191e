package vn.kydai.browser;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;

/**
 * The kept pictures of the screens, which the documentation shows too: half of 1920 × 1080 in at most 256 colours. With
 * {@code -Dkydai.screens.update=true} they are written anew instead of compared.
 */
final class Pictures {
    /** Where they are kept. */
    static final Path KEPT = Path.of("docs/screens");

    /** A pixel differs when one of its channels, 0 … 255, is further than this from the kept one. */
    static final int CHANNEL_TOLERANCE = 48;

    /** So many of the 518,400 pixels may differ: edges of letters, which a new Chromium draws a little otherwise. */
    static final int PIXEL_TOLERANCE = 60;

    private static final boolean UPDATE = Boolean.getBoolean("kydai.screens.update");
    private static final int SCALE = 2;
    private static final int MAX_COLOURS = 256;
    private static final int MARK = 0xff00ff;

    private Pictures() {}

    /**
     * What a comparison gave.
     *
     * @param pixels how many differ
     * @param complaint how it differs, if more than the tolerance; then both and a picture of the difference are left
     */
    record Compared(int pixels, Optional<String> complaint) {}

    /** Compares a screenshot with the kept one, or keeps it. */
    static Compared compare(String name, byte[] screenshot) throws IOException {
        BufferedImage actual = shrunk(ImageIO.read(new ByteArrayInputStream(screenshot)));
        Path kept = KEPT.resolve(name + ".png");
        if (UPDATE) {
            ImageIO.write(indexed(actual), "png", kept.toFile());
            return new Compared(0, Optional.empty());
        }
        if (!Files.exists(kept)) {
            return new Compared(
                    actual.getWidth() * actual.getHeight(),
                    Optional.of("no picture is kept; this one: " + write(name + "-actual", actual)));
        }
        BufferedImage expected = ImageIO.read(kept.toFile());
        BufferedImage marked = new BufferedImage(actual.getWidth(), actual.getHeight(), BufferedImage.TYPE_INT_RGB);
        int different = mark(expected, actual, marked);
        if (different <= PIXEL_TOLERANCE) {
            return new Compared(different, Optional.empty());
        }
        String complaint =
                "%d pixels (at most %d) differ from %s: %s, marked in %s; -Dkydai.screens.update=true keeps it"
                        .formatted(
                                different,
                                PIXEL_TOLERANCE,
                                kept,
                                write(name + "-actual", actual),
                                write(name + "-difference", marked));
        return new Compared(different, Optional.of(complaint));
    }

    private static Path write(String name, BufferedImage picture) throws IOException {
        Files.createDirectories(Browser.SCREENS);
        Path file = Browser.SCREENS.resolve(name + ".png");
        ImageIO.write(picture, "png", file.toFile());
        return file;
    }

    private static int mark(BufferedImage expected, BufferedImage actual, BufferedImage marked) {
        if (expected.getWidth() != actual.getWidth() || expected.getHeight() != actual.getHeight()) {
            return actual.getWidth() * actual.getHeight();
        }
        int different = 0;
        for (int y = 0; y < actual.getHeight(); y++) {
            for (int x = 0; x < actual.getWidth(); x++) {
                boolean same = distance(expected.getRGB(x, y), actual.getRGB(x, y)) <= CHANNEL_TOLERANCE;
                marked.setRGB(x, y, same ? (actual.getRGB(x, y) >> 2) & 0x3f3f3f : MARK);
                different += same ? 0 : 1;
            }
        }
        return different;
    }

    /** The largest difference of a channel. */
    private static int distance(int a, int b) {
        int largest = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
            largest = Math.max(largest, Math.abs((a >> shift & 0xff) - (b >> shift & 0xff)));
        }
        return largest;
    }

    /** Each pixel the mean of those it stands for. */
    private static BufferedImage shrunk(BufferedImage large) {
        BufferedImage small =
                new BufferedImage(large.getWidth() / SCALE, large.getHeight() / SCALE, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < small.getHeight(); y++) {
            for (int x = 0; x < small.getWidth(); x++) {
                small.setRGB(x, y, mean(large.getRGB(x * SCALE, y * SCALE, SCALE, SCALE, null, 0, SCALE)));
            }
        }
        return small;
    }

    private static int mean(int[] pixels) {
        int mean = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
            int sum = pixels.length / 2;
            for (int pixel : pixels) {
                sum += pixel >> shift & 0xff;
            }
            mean |= sum / pixels.length << shift;
        }
        return mean;
    }

    /** The same in few colours: every pixel within the smallest distance for which they suffice. */
    private static BufferedImage indexed(BufferedImage picture) {
        int[] pixels = picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
        List<Integer> colours = palette(pixels);
        int[] table = colours.stream().mapToInt(Integer::intValue).toArray();
        IndexColorModel model = new IndexColorModel(8, table.length, table, 0, false, -1, 0);
        BufferedImage indexed =
                new BufferedImage(picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_BYTE_INDEXED, model);
        Map<Integer, Integer> known = new HashMap<>();
        for (int at = 0; at < pixels.length; at++) {
            int index = known.computeIfAbsent(pixels[at], pixel -> nearest(pixel, table));
            indexed.getRaster().setSample(at % picture.getWidth(), at / picture.getWidth(), 0, index);
        }
        return indexed;
    }

    private static int nearest(int pixel, int[] table) {
        int best = 0;
        for (int index = 1; index < table.length; index++) {
            if (distance(pixel, table[index]) < distance(pixel, table[best])) {
                best = index;
            }
        }
        return best;
    }

    /** The most frequent colours first; one near an earlier one adds nothing. */
    private static List<Integer> palette(int[] pixels) {
        Map<Integer, Integer> counts = new HashMap<>();
        for (int pixel : pixels) {
            counts.merge(pixel, 1, Integer::sum);
        }
        List<Integer> byCount = new ArrayList<>(counts.keySet());
        byCount.sort(
                Comparator.<Integer>comparingInt(colour -> -counts.get(colour)).thenComparing(colour -> colour));
        for (int apart = 6; ; apart += 2) {
            List<Integer> chosen = chosen(byCount, apart);
            if (chosen.size() <= MAX_COLOURS) {
                return chosen;
            }
        }
    }

    private static List<Integer> chosen(List<Integer> colours, int apart) {
        List<Integer> chosen = new ArrayList<>();
        for (int colour : colours) {
            if (chosen.size() <= MAX_COLOURS && chosen.stream().allMatch(other -> distance(colour, other) > apart)) {
                chosen.add(colour);
            }
        }
        return chosen;
    }
}
