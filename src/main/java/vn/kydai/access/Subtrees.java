package vn.kydai.access;

/** Knows the tree of areas. */
@FunctionalInterface
public interface Subtrees {
    /** Tells whether an area is known and lies today in the subtree of another. */
    boolean contains(String top, String area);
}
