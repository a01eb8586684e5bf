package io.facet.edge.camera;

import io.facet.edge.capture.FrameBuffer;
import io.facet.match.MatchDecision;
import io.facet.match.MatchDecision.Candidate;
import io.facet.model.TrackId;
import java.util.Collection;
import java.util.Optional;

/**
 * Decides what is said about a visit: one recognition, corrections while it lasts, an unknown face
 * at its end. One thread.
 */
final class VisitJudge {
    private static final int VOTES_TO_CHANGE = 2;
    private static final float MATERIAL_CHANGE = 0.1f;

    private final JudgeSettings settings;
    private final VisitReporter reporter;
    private final CameraCounters counters;

    VisitJudge(JudgeSettings settings, VisitReporter reporter, CameraCounters counters) {
        this.settings = settings;
        this.reporter = reporter;
        this.counters = counters;
    }

    /** Takes a look's match into account and reports what has changed. */
    Optional<TrackId> take(
            Visit visit,
            MatchDecision decision,
            float quality,
            FrameBuffer frame,
            Collection<Visit> hidden) {
        count(decision);
        visit.vote().add(decision, quality);
        Optional<Candidate> leader = visit.vote().leader(settings.minVotes());
        if (!visit.everReported()) {
            return leader.flatMap(candidate -> name(visit, candidate, hidden));
        }
        correct(visit, leader, frame);
        return Optional.empty();
    }

    private void count(MatchDecision decision) {
        switch (decision) {
            case MatchDecision.Known _ -> counters.known.increment();
            case MatchDecision.Unknown _ -> counters.unknown.increment();
            case MatchDecision.Ambiguous _ -> counters.ambiguous.increment();
        }
    }

    /** Gives the first name, or goes on with a hidden visit of that person, whose id it answers. */
    private Optional<TrackId> name(Visit visit, Candidate candidate, Collection<Visit> hidden) {
        for (Visit earlier : hidden) {
            if (isOf(earlier, candidate)) {
                TrackId continued = earlier.reportedAs();
                visit.continueFrom(earlier);
                return Optional.of(continued);
            }
        }
        visit.report(candidate);
        reporter.recognised(visit, candidate);
        counters.recognised.increment();
        return Optional.empty();
    }

    private static boolean isOf(Visit visit, Candidate candidate) {
        return visit.reported().map(c -> c.person().equals(candidate.person())).orElse(false);
    }

    private void correct(Visit visit, Optional<Candidate> leader, FrameBuffer frame) {
        if (leader.isPresent()) {
            if (isNews(visit, leader.get())) {
                visit.report(leader.get());
                reporter.updated(visit, leader.get(), frame);
            }
        } else if (visit.reported().isPresent() && visit.vote().collapsed()) {
            visit.retract();
            reporter.retracted(visit, "later looks match nobody", frame);
        }
    }

    private boolean isNews(Visit visit, Candidate leader) {
        if (!isOf(visit, leader)) {
            int votes = Math.max(VOTES_TO_CHANGE, settings.minVotes());
            return visit.vote().successor(votes).isPresent();
        }
        if (visit.isLivenessNews()) {
            return true;
        }
        float before = visit.reported().map(Candidate::confidence).orElse(0f);
        return leader.confidence() - before >= MATERIAL_CHANGE;
    }

    /** The looks so far say that nobody is there in person. */
    void spoofed(Visit visit, FrameBuffer frame) {
        counters.livenessFailures.increment();
        if (visit.reported().isPresent()) {
            visit.retract();
            reporter.retracted(visit, "liveness check failed", frame);
        }
    }

    /** The visit is over. */
    void over(Visit visit) {
        boolean stranger =
                !visit.everReported()
                        && visit.template().isPresent()
                        && visit.vote().isNobody()
                        && !visit.liveness().failed();
        if (stranger && settings.reportUnknown()) {
            reporter.unknown(visit);
        }
    }
}
