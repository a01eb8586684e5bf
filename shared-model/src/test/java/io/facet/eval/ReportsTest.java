package io.facet.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facet.error.FacetException;
import io.facet.eval.Verification.RocPoint;
import io.facet.model.Box;
import io.facet.model.Expression;
import io.facet.model.Landmarks;
import io.facet.model.Point;
import io.facet.vision.detect.DetectedFace;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class ReportsTest {
    private static final NoseTable TABLE =
            NoseTable.parse(
                    List.of(
                            "image\tnose_x\tnose_y",
                            "two.jpg\t50\t50",
                            "two.jpg\t60\t50",
                            "empty.jpg\t\t"));

    @Test
    void everyNoseInABoxOfItsOwnIsFound() {
        DetectionReport r =
                DetectionReport.of(
                        "p",
                        320,
                        TABLE,
                        Map.of("two.jpg", List.of(face(30, 30, 70), face(40, 30, 80))));
        assertThat(r.recall()).isEqualTo(1);
        assertThat(r.precision()).isEqualTo(1);
        assertThat(r.missed()).isEmpty();
    }

    @Test
    void oneBoxOverTwoNosesCountsOnceAndFacesInEmptyPicturesAreFalse() {
        DetectionReport r =
                DetectionReport.of(
                        "p",
                        320,
                        TABLE,
                        Map.of(
                                "two.jpg",
                                List.of(face(30, 30, 80)),
                                "empty.jpg",
                                List.of(face(0, 0, 20))));
        assertThat(r.recall()).isEqualTo(0.5);
        assertThat(r.precision()).isEqualTo(0.5);
        assertThat(r.falseFacesInEmptyPictures()).isEqualTo(1);
        assertThat(r.missed()).containsEntry("two.jpg", 1);
        assertThat(r.extra()).containsEntry("empty.jpg", 1);
    }

    @Test
    void nosesOutsideNumbersAreRefusedWithTheirLine() {
        assertThatThrownBy(() -> NoseTable.parse(List.of("h", "a.jpg\tx\t1")))
                .isInstanceOf(FacetException.class)
                .hasMessageContaining("line 2");
        assertThatThrownBy(() -> NoseTable.parse(List.of("h", "a.jpg")))
                .hasMessageContaining("columns");
        assertThatThrownBy(() -> NoseTable.parse(List.of("h"))).isInstanceOf(FacetException.class);
    }

    @Test
    void expressionsAreCountedByLabel() {
        ExpressionReport r =
                ExpressionReport.of(
                        "p",
                        List.of(Expression.HAPPY, Expression.HAPPY, Expression.FEAR),
                        List.of(Expression.HAPPY, Expression.SAD, Expression.FEAR));
        assertThat(r.accuracy()).isEqualTo(2 / 3.0);
        assertThat(r.perClass()).containsEntry("happy", 0.5).containsEntry("fear", 1.0);
        assertThat(r.confusion().get("happy")).containsEntry("sad", 1);
    }

    @Test
    void livenessErrorsAreSharesOfTheirOwnKind() {
        LivenessReport r =
                LivenessReport.of(
                        "p",
                        0.5f,
                        List.of(Optional.of(0.9f), Optional.of(0.4f)),
                        List.of(
                                Optional.of(0.6f),
                                Optional.of(0.1f),
                                Optional.of(0.2f),
                                Optional.empty()),
                        Map.of());
        assertThat(r.apcer()).isEqualTo(0.25);
        assertThat(r.bpcer()).isEqualTo(0.5);
        assertThat(r.apnrr()).isEqualTo(0.25);
        assertThat(r.bpnrr()).isZero();
    }

    @Test
    void rocPlotIsWellFormedAndSelfContained() throws Exception {
        String svg =
                RocPlot.svg(
                        List.of(
                                new RocPoint(0, 0.95),
                                new RocPoint(0.001, 0.97),
                                new RocPoint(1, 1)),
                        "a <b> & c",
                        "caption");
        var xml =
                DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(new InputSource(new StringReader(svg)));
        assertThat(xml.getDocumentElement().getTagName()).isEqualTo("svg");
        assertThat(xml.getElementsByTagName("title").item(0).getTextContent())
                .isEqualTo("a <b> & c");
        assertThat(svg).doesNotContain("href").doesNotContain("<style").contains("0.1 %");
    }

    private static DetectedFace face(float x, float y, float size) {
        Point nose = new Point(x + size / 2, y + size / 2);
        return new DetectedFace(
                new Box(x, y, size, size), new Landmarks(nose, nose, nose, nose, nose), 1);
    }
}
