package vn.kydai.registry;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text with places to fill in: <code>{{areaName}}</code>. There is nothing else to learn: no loops, no conditions.
 *
 * @param text as it was written
 */
public record Template(String text) {
    private static final Pattern PLACE = Pattern.compile("\\{\\{([A-Za-z.]+)}}");

    /** Returns the names of the places that are none of the known ones. */
    public Set<String> unknown(Collection<String> known) {
        Set<String> names = new TreeSet<>();
        PLACE.matcher(text).results().forEach(place -> names.add(place.group(1)));
        names.removeAll(known);
        return names;
    }

    /** Returns the text with every place filled in. */
    public String render(UnaryOperator<String> value) {
        return PLACE.matcher(text).replaceAll(place -> Matcher.quoteReplacement(value.apply(place.group(1))));
    }
}
