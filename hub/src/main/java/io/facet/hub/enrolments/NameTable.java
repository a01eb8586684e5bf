package io.facet.hub.enrolments;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.RuntimeJsonMappingException;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.enrolments.Portrait.Whose;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Who is on which picture, by a CSV table with the columns {@code name,file} and perhaps {@code
 * external_id}; files lie relative to the table.
 */
record NameTable(Map<String, Whose> byFile) {
    static final int MOST_BYTES = 64 << 20;

    private static final CsvMapper CSV = new CsvMapper();

    /** Reads a table that lies at a path of the source. */
    static NameTable read(String path, byte[] csv) throws IOException {
        String folder = path.substring(0, path.lastIndexOf('/') + 1);
        Map<String, Whose> byFile = new HashMap<>();
        try (MappingIterator<Map<String, String>> rows =
                CSV.readerForMapOf(String.class)
                        .with(CsvSchema.emptySchema().withHeader())
                        .readValues(csv)) {
            while (rows.hasNext()) {
                Map<String, String> row = rows.next();
                byFile.put(folder + cell(row, "file").replace('\\', '/'), whose(row));
            }
        } catch (JsonProcessingException | RuntimeJsonMappingException malformed) {
            throw new FacetException(
                    ErrorCode.INVALID_ARGUMENT,
                    "a table in the upload is no CSV with the columns name,file",
                    malformed);
        }
        return new NameTable(byFile);
    }

    private static Whose whose(Map<String, String> row) {
        return new Whose(
                cell(row, "name"),
                Optional.ofNullable(row.get("external_id")).filter(id -> !id.isBlank()));
    }

    private static String cell(Map<String, String> row, String column) {
        String cell = row.get(column);
        if (cell == null || cell.isBlank()) {
            throw new FacetException(
                    ErrorCode.INVALID_ARGUMENT,
                    "a table in the upload has a row without "
                            + column
                            + "; its columns are"
                            + " name,file and perhaps external_id");
        }
        return cell.strip();
    }
}
