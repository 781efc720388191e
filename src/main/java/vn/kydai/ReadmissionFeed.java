package vn.kydai;

import io.vertx.core.Future;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.kydai.config.Build;
import vn.kydai.event.codec.SetAsideJson;
import vn.kydai.journal.Journal;
import vn.kydai.journal.Readmissions;
import vn.kydai.journal.Submission;

/** Says in the journal what a command asked to take again, at the start and whenever told; the folds then begin anew. */
final class ReadmissionFeed {
    private static final Logger LOGGER = LoggerFactory.getLogger(ReadmissionFeed.class);

    private final Journal journal;
    private final Readmissions readmissions;
    private final InstantSource clock;
    private Future<Void> taking = Future.succeededFuture();

    ReadmissionFeed(Journal journal, Readmissions readmissions, InstantSource clock) {
        this.journal = journal;
        this.readmissions = readmissions;
        this.clock = clock;
    }

    /** Takes what is asked for, one after the other. */
    synchronized Future<Void> take() {
        taking = taking.otherwiseEmpty().compose(before -> readmissions.asked()).compose(asked -> {
            Future<Void> said = Future.succeededFuture();
            for (Readmissions.Asked each : asked) {
                said = said.compose(before -> say(each)).compose(done -> readmissions.done(each.position()));
            }
            return said;
        });
        return taking;
    }

    private Future<Void> say(Readmissions.Asked asked) {
        if (!journal.setAside().containsKey(asked.position())) {
            return Future.succeededFuture();
        }
        LOGGER.atInfo().addKeyValue("position", asked.position()).log("an event that was set aside is taken again");
        return journal.append(Submission.Draft.of(
                        SetAsideJson.readmit(asked.position(), asked.by(), Build.name()), clock.instant()))
                .mapEmpty();
    }
}
