package vn.kydai.alarm;

import vn.kydai.event.Picture;
import vn.kydai.registry.Parts;

/** The deciding on pictures, without a journal: what a benchmark may see of this package. */
public final class OneDecider {
    private final Decider decider = new Decider();
    private final Parts parts;

    /** Decides by the rules and the registry of a configuration. */
    public OneDecider(Parts parts) {
        this.parts = parts;
    }

    /** Returns how many steps a picture asks for. */
    public int decide(Picture picture) {
        return decider.decide(picture, Vitals.UNKNOWN, parts.rules(), parts.registry(), parts.roster())
                .size();
    }
}
