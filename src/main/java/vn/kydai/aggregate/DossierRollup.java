package vn.kydai.aggregate;

import vn.kydai.event.Dossier.Channel;
import vn.kydai.event.RollupFigure;

/** Under which instants a received dossier counts in the rollups. */
final class DossierRollup {
    private DossierRollup() {}

    /** Adds a dossier as it stands, or takes it away again. */
    static void count(Standing standing, RollupDeltas rollups, int sign) {
        long reception = standing.reception();
        String area = standing.area();
        rollups.count(RollupFigure.RECEIVED, area, reception, sign);
        rollups.count(RollupFigure.RECEIVED_HERE, standing.receivedIn(), reception, sign);
        countIf(standing.channel() == Channel.ONLINE, RollupFigure.ONLINE, standing, rollups, sign);
        countIf(standing.isDigitised(), RollupFigure.DIGITISED, standing, rollups, sign);
        countIf(standing.hasFee(), RollupFigure.WITH_FEE, standing, rollups, sign);
        countIf(standing.hasFee() && standing.isPaidOnline(), RollupFigure.PAID_ONLINE, standing, rollups, sign);
        // Never before its reception, or the balance would break.
        long ended = Math.max(standing.ended(), reception);
        switch (standing.end()) {
            case RUNNING -> {}
            case WITHDRAWN, STOPPED -> {
                rollups.count(RollupFigure.CLOSED_OTHER, area, ended, sign);
                rollups.count(RollupFigure.CLOSED_OTHER_HERE, standing.receivedIn(), ended, sign);
            }
            case DONE -> {
                rollups.count(RollupFigure.DONE, area, ended, sign);
                rollups.count(RollupFigure.DONE_HERE, standing.receivedIn(), ended, sign);
                rollups.count(outcome(standing), area, ended, sign);
            }
        }
    }

    private static void countIf(
            boolean isTrue, RollupFigure figure, Standing standing, RollupDeltas rollups, int sign) {
        if (isTrue) {
            rollups.count(figure, standing.area(), standing.reception(), sign);
        }
    }

    private static RollupFigure outcome(Standing standing) {
        return switch (standing.outcome()) {
            case EARLY -> RollupFigure.EARLY;
            case LATE -> RollupFigure.LATE;
            default -> RollupFigure.ON_TIME;
        };
    }
}
