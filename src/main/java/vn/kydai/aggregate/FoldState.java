package vn.kydai.aggregate;

/** How the folds are. */
public enum FoldState {
    /** They show all there is. */
    CURRENT("current"),
    /** They are on their way to the present. */
    CATCHING_UP("catchingUp"),
    /** They stand still. */
    DOWN("down");

    private final String id;

    FoldState(String id) {
        this.id = id;
    }

    /** Returns its name in JSON. */
    public String id() {
        return id;
    }
}
