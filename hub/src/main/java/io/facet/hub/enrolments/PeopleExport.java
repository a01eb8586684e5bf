package io.facet.hub.enrolments;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.facet.hub.people.Face;
import io.facet.hub.people.PeopleService;
import io.facet.model.FaceId;
import io.facet.model.Jpeg;
import io.facet.model.Person;
import io.facet.model.PersonId;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Everybody and their pictures as a ZIP file that can be enrolled again: a table people.csv and a
 * picture a face. Written as it is read, a page of faces in memory at a time. Stateless.
 */
public record PeopleExport(PeopleService people) {
    private static final int PAGE = 200;
    private static final CsvMapper CSV = new CsvMapper();
    private static final CsvSchema TABLE =
            CsvSchema.builder()
                    .addColumn("name")
                    .addColumn("file")
                    .addColumn("external_id")
                    .addColumn("person_id")
                    .addColumn("face_id")
                    .addColumn("added_at")
                    .setUseHeader(true)
                    .build();

    private interface PageTaker {
        void take(List<Face> faces) throws IOException;
    }

    /** Writes the whole of it; whoever is erased meanwhile is left out. */
    public void write(OutputStream out) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out);
        zip.setLevel(Deflater.BEST_SPEED);
        zip.putNextEntry(new ZipEntry("people.csv"));
        table(zip);
        zip.closeEntry();
        pages(faces -> {
            for (Face face : faces) {
                Optional<Jpeg> picture = people.picture(face.id());
                if (picture.isPresent()) {
                    zip.putNextEntry(new ZipEntry(file(face)));
                    zip.write(picture.get().bytes());
                    zip.closeEntry();
                }
            }
        });
        zip.finish();
    }

    private void table(OutputStream out) throws IOException {
        try (SequenceWriter rows =
                CSV.writer(TABLE)
                        .without(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                        .writeValues(out)) {
            pages(faces -> {
                Map<PersonId, Person> owners =
                        people
                                .entries(faces.stream().map(Face::person).distinct().toList())
                                .stream()
                                .collect(Collectors.toMap(e -> e.person().id(), e -> e.person()));
                for (Face face : faces) {
                    rows.write(row(face, Optional.ofNullable(owners.get(face.person()))));
                }
            });
        }
    }

    private static Map<String, String> row(Face face, Optional<Person> owner) {
        Map<String, String> row = new HashMap<>();
        row.put("name", face.name());
        row.put("file", file(face));
        row.put("external_id", owner.map(Person::externalId).orElse(""));
        row.put("person_id", face.person().toString());
        row.put("face_id", face.id().toString());
        row.put("added_at", face.addedAt().toString());
        return row;
    }

    private static String file(Face face) {
        return "faces/" + face.person() + "/" + face.id() + ".jpg";
    }

    private void pages(PageTaker taker) throws IOException {
        List<Face> faces = people.faces(0, PAGE).faces();
        while (!faces.isEmpty()) {
            taker.take(faces);
            FaceId last = faces.getLast().id();
            faces = people.facesAfter(Optional.of(last), PAGE);
        }
    }
}
