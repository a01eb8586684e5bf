package io.facet.vision.catalog;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Reads the manifests of {@code models/}, which the build puts on the class path. */
final class CatalogReader {
    private static final String ROOT = "/io/facet/models/";
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                    .build();

    private record Index(List<String> packs, List<String> networks) {}

    private CatalogReader() {}

    /** Gives the bytes of a manifest by its path in {@code models/}. */
    interface Source {
        byte[] bytes(String path);
    }

    static Catalog read() {
        return read(CatalogReader::bytes);
    }

    static Catalog read(Source source) {
        Index index = read(source, "catalog.json", Index.class);
        List<ModelPack> packs = new ArrayList<>();
        for (String name : index.packs()) {
            packs.add(read(source, packPath(name), ModelPack.class));
        }
        List<NetworkManifest> networks = new ArrayList<>();
        for (String id : index.networks()) {
            networks.add(read(source, networkPath(id), NetworkManifest.class));
        }
        return new Catalog(packs, networks);
    }

    static String packPath(String name) {
        return "packs/" + name + ".json";
    }

    static String networkPath(String id) {
        return "networks/" + id + ".json";
    }

    /** The index of some of the packs and networks. */
    static byte[] index(List<String> packs, List<String> networks) {
        try {
            return JSON.writeValueAsBytes(new Index(packs, networks));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** The bytes of a file of {@code models/}. */
    static byte[] bytes(String path) {
        try (InputStream in = CatalogReader.class.getResourceAsStream(ROOT + path)) {
            if (in == null) {
                throw new IllegalStateException("models/" + path + " is not on the class path");
            }
            return in.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static <T> T read(Source source, String path, Class<T> type) {
        try {
            return JSON.readValue(source.bytes(path), type);
        } catch (IOException broken) {
            throw new UncheckedIOException("models/" + path + " is broken", broken);
        }
    }
}
