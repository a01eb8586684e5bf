package io.facet.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facet.error.FacetException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortraitsTest {
    @TempDir Path folder;

    @Test
    void aFolderNamesItsPictures() throws IOException {
        Files.createDirectories(folder.resolve("Ada_Lovelace"));
        Files.writeString(folder.resolve("Ada_Lovelace/1.jpg"), "x");
        Files.writeString(folder.resolve("Grace_Hopper_02.PNG"), "x");
        Files.writeString(folder.resolve("readme.txt"), "x");
        assertThat(read(folder))
                .containsExactly(
                        "Ada Lovelace: Ada_Lovelace/1.jpg", "Grace Hopper: Grace_Hopper_02.PNG");
        assertThat(Portraits.count(folder)).isEqualTo(2);
    }

    @Test
    void aZipReadsAsAFolder() throws IOException {
        Path zip = folder.resolve("people.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (String name : List.of("people/Ada/1.jpg", "Grace.webp", "notes.md")) {
                out.putNextEntry(new ZipEntry(name));
                out.write(1);
            }
        }
        assertThat(read(zip)).containsExactly("Ada: people/Ada/1.jpg", "Grace: Grace.webp");
    }

    @Test
    void aTableNamesFilesBesideIt() throws IOException {
        Files.writeString(folder.resolve("a.jpg"), "x");
        Path csv = folder.resolve("people.csv");
        Files.writeString(csv, "name,file\n\"Lovelace, Ada\",a.jpg\n\n");
        assertThat(read(csv)).containsExactly("Lovelace, Ada: a.jpg");
    }

    @Test
    void anythingElseIsRefusedInWords() throws IOException {
        Path text = Files.writeString(folder.resolve("people.txt"), "x");
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(FacetException.class)
                .hasMessageContaining("no folder, .zip or .csv");
        Path csv = Files.writeString(folder.resolve("bad.csv"), "nothing here\n");
        assertThatThrownBy(() -> read(csv)).hasMessageContaining("line 1");
    }

    private static List<String> read(Path source) {
        List<String> seen = new ArrayList<>();
        Portraits.forEach(source, (name, file, image) -> seen.add(name + ": " + file));
        return seen;
    }
}
