package io.facet.hub.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.HubWebFront;
import io.facet.hub.testing.DevHub;
import io.facet.hub.testing.EmbeddedSql;
import io.facet.hub.testing.FakePacks;
import io.facet.hub.testing.FakePictures;
import io.facet.hub.testing.FakeVision;
import io.facet.hub.web.Http.Answer;
import io.facet.model.AgentId;
import io.facet.model.EmbeddingSpace;
import io.facet.vision.pipeline.Vision;
import io.facet.wire.GalleryRequest;
import io.facet.wire.v1.GalleryChanges;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way from one model to the next, and back. */
class ModelsIT {
    private static final EmbeddingSpace THIRD = new EmbeddingSpace("fa4e000000000003", 48);
    private static final int ADA = 1;
    private static final int GRACE = 4;
    private static final int EMMY = 7;

    @TempDir Path data;

    private Http http = new Http(0);
    private String[] admin = {};

    private DevHub hub(Vision vision) throws Exception {
        DevHub hub = DevHub.in(data, new HubWebFront(), vision);
        http = new Http(hub.port());
        admin = new String[] {"X-API-Key", Files.readString(data.resolve("admin-key")).strip()};
        return hub;
    }

    @Test
    void aHubKnowsEverybodyWithThePreparedModelAndWithTheOneBefore() throws Exception {
        String grace;
        try (DevHub hub = hub(new FakeVision())) {
            enrol("Ada", ADA);
            grace = enrol("Grace", GRACE);
            assertThat(models().path("prepared").isNull()).isTrue();
            assertThat(prepare("none").status()).isEqualTo(404);
            assertThat(prepare("fake").status()).isEqualTo(409);
            assertThat(prepare("coarse").status()).isEqualTo(202);
            assertThat(complete("prepared").path("done").asInt()).isEqualTo(2);
            enrol("Emmy", EMMY);
            assertThat(http.delete("/api/v1/faces/" + grace, admin).status()).isLessThan(300);
            assertNamed("Ada", ADA);
            assertDigestsCount();
            assertGallery(hub, FakePacks.COARSE, "Ada");
            assertGallery(hub, FakeVision.SPACE, "Ada", "Emmy");
            assertThatThrownBy(() -> gallery(hub, THIRD))
                    .isInstanceOfSatisfying(
                            FacetException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.SPACE_MISMATCH));
        }
        try (DevHub _ = hub(FakeVision.coarse(FakePacks.COARSE))) {
            JsonNode present = complete("present");
            assertThat(present.path("total").asInt()).as("Emmy alone").isEqualTo(1);
            assertThat(present.path("done").asInt()).isEqualTo(1);
            assertNamed("Ada", ADA);
            assertNamed("Emmy", EMMY);
            assertNamed("", GRACE);
            assertDigestsCount();
        }
        try (DevHub _ = hub(new FakeVision())) {
            assertThat(complete("present").path("total").asInt()).isZero();
            assertNamed("Ada", ADA);
            assertNamed("Emmy", EMMY);
            String ada = personOf("Ada");
            assertThat(http.delete("/api/v1/people/" + ada, admin).status()).isLessThan(300);
            assertThat(templates("true")).as("Emmy's two").isEqualTo(2);
            assertDigestsCount();
        }
        try (DevHub _ = hub(FakeVision.coarse(THIRD))) {
            complete("present");
            assertNamed("Emmy", EMMY);
            assertThat(templates("space_id = '" + FakePacks.COARSE.id() + "'"))
                    .as("two models ago")
                    .isZero();
            assertThat(templates("space_id = '" + FakeVision.SPACE.id() + "'")).isEqualTo(1);
            assertDigestsCount();
        }
    }

    private Answer prepare(String pack) {
        return http.json("POST", "/api/v1/models/prepare", Map.of("pack", pack), admin);
    }

    private JsonNode models() {
        return http.get("/api/v1/models", admin).json();
    }

    private JsonNode complete(String which) {
        await().atMost(Duration.ofMinutes(2))
                .until(() -> "complete".equals(models().path(which).path("state").asText()));
        return models().path(which);
    }

    private String enrol(String name, int number) {
        Answer answer =
                http.form(
                        "/api/faces/register",
                        Map.of("name", name),
                        FakePictures.of(number),
                        admin);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json().path("face_id").asText();
    }

    private String personOf(String name) {
        return http.get("/api/v1/people?q=" + name, admin)
                .json()
                .path("people")
                .path(0)
                .path("person_id")
                .asText();
    }

    private void assertNamed(String name, int number) {
        JsonNode face =
                http.form("/api/v1/recognize", Map.of(), FakePictures.of(number), admin)
                        .json()
                        .path("faces")
                        .path(0);
        boolean known = face.path("decision").asText().equals("known");
        assertThat(known ? face.path("candidates").path(0).path("name").asText() : "")
                .isEqualTo(name);
    }

    /** Whom a box with this model is told of. */
    private static void assertGallery(DevHub hub, EmbeddingSpace space, String... names) {
        GalleryChanges changes = gallery(hub, space);
        assertThat(changes.getDimension()).isEqualTo(space.dimension());
        assertThat(changes.getChangesList())
                .extracting(change -> change.getPut().getPersonName())
                .containsExactlyInAnyOrder(names);
    }

    private static GalleryChanges gallery(DevHub hub, EmbeddingSpace space) {
        return hub.services()
                .sync()
                .changes(
                        new GalleryRequest(
                                new AgentId("box"), 0, space.id(), Optional.empty(), ""));
    }

    private long templates(String where) throws Exception {
        return number("SELECT count(*) FROM face_templates WHERE " + where);
    }

    private long number(String sql) throws Exception {
        try (EmbeddedSql database = EmbeddedSql.of(data)) {
            return database.number(sql);
        }
    }

    /** Every model's digest is over as many faces as have a template of it. */
    private void assertDigestsCount() throws Exception {
        long wrong =
                number(
                        "SELECT count(*) FROM gallery_digests d WHERE d.faces <> (SELECT count(*)"
                                + " FROM face_templates t WHERE t.space_id = d.space_id)");
        assertThat(wrong).isZero();
    }
}
