package io.facet.hub.people;

import io.facet.error.ErrorCode;
import io.facet.hub.people.EnrolOutcome.Refused;
import io.facet.model.Embedding;
import io.facet.model.Jpeg;
import io.facet.model.Quality;
import io.facet.vision.image.Image;
import io.facet.vision.pipeline.FaceOutcome;
import io.facet.vision.pipeline.Vision;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds the one face of a picture that may be enrolled. Thread-safe. */
record FaceReader(Vision vision, Pictures pictures) {
    /** A face of at least this share of the main one's area is not in the background. */
    private static final float BESIDE = 1 / 3f;

    /** What a picture holds for enrolment. */
    sealed interface Reading {
        /** A face that is good enough. */
        record Fit(Embedding template, Quality quality, Jpeg picture) implements Reading {}

        /** Nothing that is. */
        record Unfit(Refused refusal) implements Reading {}
    }

    Reading read(byte[] file) {
        Image image = pictures.decode(file);
        List<FaceOutcome> faces =
                vision.analyse(image, Vision.Wanted.ENROL).stream()
                        .sorted(Comparator.comparingDouble((FaceOutcome f) -> -area(f)))
                        .toList();
        if (faces.isEmpty()) {
            return unfit(
                    ErrorCode.NO_FACE,
                    "no face was found; use a picture with one face, seen from the front",
                    Optional.empty());
        }
        FaceOutcome main = faces.getFirst();
        if (faces.size() > 1 && area(faces.get(1)) >= area(main) * BESIDE) {
            return unfit(
                    ErrorCode.SEVERAL_FACES,
                    faces.size() + " faces were found; cut the picture to one",
                    Optional.empty());
        }
        return switch (main) {
            case FaceOutcome.Ready ready ->
                    new Reading.Fit(
                            ready.embedding(),
                            ready.quality(),
                            pictures.crop(image, ready.face().box()));
            case FaceOutcome.TooPoor poor ->
                    unfit(
                            ErrorCode.QUALITY_TOO_LOW,
                            advice(poor.quality()),
                            Optional.of(poor.quality()));
            case FaceOutcome.Spoof spoof ->
                    unfit(
                            ErrorCode.LIVENESS_FAILED,
                            "the face is not of someone present; use a picture of the person",
                            Optional.of(spoof.quality()));
        };
    }

    private static String advice(Quality quality) {
        return quality.failures()
                .map(c -> c.hint().isBlank() ? c.key() + " is not good enough" : c.hint())
                .collect(Collectors.joining("; "));
    }

    private static float area(FaceOutcome face) {
        return face.face().box().area();
    }

    private static Reading unfit(ErrorCode code, String reason, Optional<Quality> quality) {
        return new Reading.Unfit(new Refused(code, reason, quality));
    }
}
