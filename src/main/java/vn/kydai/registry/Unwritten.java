package vn.kydai.registry;

final class Unwritten {
    private Unwritten() {}

    @SuppressWarnings({"DoNotCallSuggester", "TypeParameterUnusedInFormals"})
    static <T> T yet() {
        throw new IllegalStateException("being written");
    }
}
