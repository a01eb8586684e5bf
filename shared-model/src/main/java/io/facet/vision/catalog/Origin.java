package io.facet.vision.catalog;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** How the ONNX file of a network comes about. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Origin.Published.class, name = "onnx"),
    @JsonSubTypes.Type(value = Origin.ZipMember.class, name = "zip"),
    @JsonSubTypes.Type(value = Origin.OpenVino.class, name = "openvino"),
    @JsonSubTypes.Type(value = Origin.FaceApi.class, name = "face_api")
})
public sealed interface Origin {
    /** The files it is made of. */
    List<UpstreamFile> files();

    /** Published as ONNX. */
    record Published(UpstreamFile file) implements Origin {
        @Override
        public List<UpstreamFile> files() {
            return List.of(file);
        }
    }

    /** Published as ONNX inside an archive. */
    record ZipMember(UpstreamFile archive, String member) implements Origin {
        @Override
        public List<UpstreamFile> files() {
            return List.of(archive);
        }
    }

    /** Converted from an OpenVINO IR. */
    record OpenVino(UpstreamFile xml, UpstreamFile bin) implements Origin {
        @Override
        public List<UpstreamFile> files() {
            return List.of(xml, bin);
        }
    }

    /**
     * Converted from face-api shards.
     *
     * @param network name of the layer graph
     */
    record FaceApi(String network, UpstreamFile manifest, UpstreamFile weights) implements Origin {
        @Override
        public List<UpstreamFile> files() {
            return List.of(manifest, weights);
        }
    }
}
