package vn.kydai.ingest;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import vn.kydai.registry.Registry;
import vn.kydai.registry.Sources.Source;
import vn.kydai.registry.Sources.SourceKind;

/** Answers from the registry as it is now who may write under which name. */
final class Senders {
    private final Supplier<Registry> registry;

    Senders(Supplier<Registry> registry) {
        this.registry = registry;
    }

    /** Finds a source that has not been revoked. */
    Optional<Source> find(String id) {
        return registry.get().sources().find(id).filter(source -> !source.isRevoked());
    }

    /** Returns the area a source belongs to at an instant; absent for one that is not registered, or was revoked. */
    Optional<String> areaOf(String id, Instant at) {
        Registry known = registry.get();
        return find(id).map(source -> known.areaOf(source, at));
    }

    /** Finds a source a sender may write for: itself, or one behind it when it is a gateway. */
    Optional<Source> ownedBy(String sender, String id) {
        Optional<Source> self = find(sender);
        if (sender.equals(id) || self.isEmpty()) {
            return self;
        }
        return self.get().kind() == SourceKind.GATEWAY
                ? find(id).filter(source -> sender.equals(source.behind()))
                : Optional.empty();
    }

    /** Tells whether asking for a newer registry could make a source the sender's own. */
    boolean mayBecomeKnown(String sender, String id) {
        if (registry.get().sources().find(sender).isEmpty()) {
            return true;
        }
        return registry.get().sources().find(id).isEmpty()
                && find(sender)
                        .filter(self -> self.kind() == SourceKind.GATEWAY)
                        .isPresent();
    }
}
