package io.facet.eval;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.index.ExactIndex;
import io.facet.match.Gallery;
import io.facet.match.MatchDecision;
import io.facet.match.MatchDecision.Candidate;
import io.facet.match.MatchPolicy;
import io.facet.match.Matcher;
import io.facet.model.Embedding;
import io.facet.model.FaceId;
import io.facet.model.PersonId;
import io.facet.vision.pipeline.Vision;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What {@code eval identify} found: probes against a gallery, a folder per person in both; probes
 * of people outside the gallery in {@code _unknown}.
 *
 * @param rank1 share of the known probes whose first candidate is the right person
 * @param fnirAtFpir0 share of the known probes not named rightly at the lowest threshold that names
 *     no stranger
 * @param fnirAtFpir10 the same where one stranger in ten may be named
 * @param knownRight known probes decided rightly at the default threshold
 * @param unknownNamed unknown probes given a name at the default threshold
 * @param ambiguous probes of either kind left ambiguous at the default threshold
 * @param facesNotFound pictures without a face, of gallery and probes
 */
public record IdentificationReport(
        String pack,
        int people,
        int galleryFaces,
        int knownProbes,
        int unknownProbes,
        @JsonProperty("rank_1") double rank1,
        @JsonProperty("fnir_at_fpir_0") double fnirAtFpir0,
        @JsonProperty("fnir_at_fpir_0.1") double fnirAtFpir10,
        int knownRight,
        int unknownNamed,
        int ambiguous,
        int facesNotFound) {
    /** Folder of probes of people who are not in the gallery. */
    static final String UNKNOWN = "_unknown";

    /** A probe's true person, null for a stranger, and what the matcher made of it. */
    record Answer(@Nullable PersonId truth, MatchDecision decision) {
        boolean firstIsRight() {
            return truth != null
                    && !decision.candidates().isEmpty()
                    && decision.candidates().getFirst().person().equals(truth);
        }

        double topConfidence() {
            List<Candidate> c = decision.candidates();
            return c.isEmpty() ? 0 : c.getFirst().confidence();
        }
    }

    /** A picture's folder, and its face if it has one. */
    private record Labelled(String folder, Optional<Embedding> face) {}

    /** Enrols the gallery and looks for every probe. */
    public static IdentificationReport of(
            String pack,
            Vision vision,
            Pictures pictures,
            Path galleryFolder,
            Path probeFolder,
            MatchPolicy policy) {
        List<Labelled> enrolled = embed(vision, pictures, galleryFolder);
        List<Labelled> probes = embed(vision, pictures, probeFolder);
        Map<String, PersonId> people = new HashMap<>();
        try (Gallery gallery = new Gallery(new ExactIndex(vision.space()))) {
            for (Labelled l : enrolled) {
                PersonId person =
                        people.computeIfAbsent(l.folder, _ -> new PersonId(number(people.size())));
                l.face.ifPresent(
                        face -> gallery.put(new FaceId(number(gallery.size())), person, face));
            }
            Matcher matcher = new Matcher(gallery, vision.calibration());
            List<Answer> answers = new ArrayList<>();
            for (Labelled probe : probes) {
                PersonId truth = truth(probe.folder, people);
                probe.face.ifPresent(
                        face -> answers.add(new Answer(truth, matcher.decide(face, policy))));
            }
            int lost = noFace(enrolled) + noFace(probes);
            return of(pack, gallery.people(), gallery.size(), answers, lost);
        }
    }

    static IdentificationReport of(
            String pack, int people, int faces, List<Answer> answers, int lost) {
        List<Answer> known = answers.stream().filter(a -> a.truth != null).toList();
        List<Answer> unknown = answers.stream().filter(a -> a.truth == null).toList();
        if (known.isEmpty()) {
            throw new FacetException(
                    ErrorCode.INVALID_ARGUMENT, "no probe shows a person of the gallery");
        }
        return new IdentificationReport(
                pack,
                people,
                faces,
                known.size(),
                unknown.size(),
                share(known, Answer::firstIsRight),
                fnir(known, unknown, 0),
                fnir(known, unknown, 0.1),
                count(known, a -> a.firstIsRight() && a.decision instanceof MatchDecision.Known),
                count(unknown, a -> a.decision instanceof MatchDecision.Known),
                count(answers, a -> a.decision instanceof MatchDecision.Ambiguous),
                lost);
    }

    /** The lowest threshold lets at most this share of the strangers be named. */
    private static double fnir(List<Answer> known, List<Answer> unknown, double fpir) {
        double[] strangers = unknown.stream().mapToDouble(Answer::topConfidence).sorted().toArray();
        int allowed = (int) Math.floor(fpir * strangers.length + 1e-9);
        double threshold =
                allowed >= strangers.length
                        ? 0
                        : Math.nextUp(strangers[strangers.length - 1 - allowed]);
        return 1 - share(known, a -> a.firstIsRight() && a.topConfidence() >= threshold);
    }

    private static @Nullable PersonId truth(String folder, Map<String, PersonId> people) {
        if (folder.equals(UNKNOWN)) {
            return null;
        }
        PersonId person = people.get(folder);
        if (person == null) {
            throw new FacetException(
                    ErrorCode.INVALID_ARGUMENT,
                    "the gallery has no folder "
                            + folder
                            + "; probes of strangers belong in "
                            + UNKNOWN);
        }
        return person;
    }

    private static List<Labelled> embed(Vision vision, Pictures pictures, Path folder) {
        List<String> labels = new ArrayList<>();
        List<Path> files = new ArrayList<>();
        for (Path person : Pictures.folders(folder)) {
            for (Path file : Pictures.in(person)) {
                labels.add(person.getFileName().toString());
                files.add(file);
            }
        }
        List<Optional<Embedding>> faces =
                pictures.each(files, image -> CentralFace.embed(vision, image));
        List<Labelled> labelled = new ArrayList<>();
        for (int i = 0; i < labels.size(); i++) {
            labelled.add(new Labelled(labels.get(i), faces.get(i)));
        }
        return labelled;
    }

    private static int noFace(List<Labelled> pictures) {
        return (int) pictures.stream().filter(p -> p.face.isEmpty()).count();
    }

    private static UUID number(int number) {
        return new UUID(0x7000L, Long.MIN_VALUE | number);
    }

    private static double share(List<Answer> of, java.util.function.Predicate<Answer> which) {
        return (double) count(of, which) / of.size();
    }

    private static int count(List<Answer> of, java.util.function.Predicate<Answer> which) {
        return (int) of.stream().filter(which).count();
    }
}
