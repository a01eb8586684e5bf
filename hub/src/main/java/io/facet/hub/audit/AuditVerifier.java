package io.facet.hub.audit;

import io.facet.hub.audit.AuditTrail.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Walks a log and finds where it does not fit. One thread, once. */
final class AuditVerifier implements Consumer<AuditBatch> {
    private static final int ENOUGH = 20;

    private final Optional<AuditBatch.Mark> anchor;
    private final long prunedThrough;
    private final List<String> broken = new ArrayList<>();
    private AuditBatch.Mark last = AuditBatch.Mark.start();
    private boolean anchorSeen;
    private long batches;
    private long entries;
    private long pruned;

    AuditVerifier(Optional<AuditBatch.Mark> anchor, long prunedThrough) {
        this.anchor = anchor;
        this.prunedThrough = prunedThrough;
        this.anchorSeen = anchor.isEmpty();
    }

    @Override
    public void accept(AuditBatch batch) {
        batches++;
        if (!batch.follows(last)) {
            say("batch " + batch.number() + " does not follow batch " + last.number());
        }
        if (!batch.hashIsRight()) {
            say("batch " + batch.number() + ": its own record was changed");
        }
        if (batch.entries().isEmpty() && batch.number() <= prunedThrough) {
            pruned += batch.count();
        } else if (batch.entriesAreRight()) {
            entries += batch.count();
        } else {
            say(
                    "batch "
                            + batch.number()
                            + ": its entries "
                            + batch.first()
                            + " to "
                            + (batch.first() + batch.count() - 1)
                            + " were changed, removed or added to");
        }
        last = batch.mark();
        anchorSeen |= anchor.filter(last::same).isPresent();
    }

    Verdict verdict() {
        if (!anchorSeen) {
            say(
                    "the log ends before, or differs at, batch "
                            + anchor.map(AuditBatch.Mark::number).orElse(0L)
                            + ", which the data folder remembers");
        }
        return new Verdict(batches, entries, pruned, broken);
    }

    private void say(String what) {
        if (broken.size() < ENOUGH) {
            broken.add(what);
        }
    }
}
