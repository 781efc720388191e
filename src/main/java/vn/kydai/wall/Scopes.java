package vn.kydai.wall;

import vn.kydai.event.Picture;

/** Who may see what, by the tree of a picture. */
final class Scopes {
    private Scopes() {}

    /** How an area stands to a token's scope. */
    enum Verdict {
        WITHIN,
        FOREIGN,
        UNKNOWN
    }

    /** Judges an area that a token of a scope asks for. */
    static Verdict judge(Picture picture, String scope, String area) {
        if (!picture.areas().containsKey(area)) {
            return Verdict.UNKNOWN;
        }
        return picture.subtree(scope).contains(area) ? Verdict.WITHIN : Verdict.FOREIGN;
    }

    /** Tells whether a past moment may be shown: the area is the token's today, or was then. */
    static boolean isWithin(String scope, String area, Picture today, Picture then) {
        return judge(today, scope, area) == Verdict.WITHIN || judge(then, scope, area) == Verdict.WITHIN;
    }
}
