package io.facet.vision.catalog;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every pack and network there is a manifest for. Immutable. */
public final class Catalog {
    private final Map<String, ModelPack> packs = new LinkedHashMap<>();
    private final Map<String, NetworkManifest> networks = new LinkedHashMap<>();

    /**
     * Joins manifests.
     *
     * @throws IllegalArgumentException when two share a name, or a pack names a network that is not
     *     there or of another stage
     */
    public Catalog(List<ModelPack> packs, List<NetworkManifest> networks) {
        for (NetworkManifest network : networks) {
            if (this.networks.put(network.id(), network) != null) {
                throw new IllegalArgumentException("two networks " + network.id());
            }
        }
        for (ModelPack pack : packs) {
            if (this.packs.put(pack.name(), pack) != null) {
                throw new IllegalArgumentException("two packs " + pack.name());
            }
            pack.stages().forEach((stage, ids) -> ids.forEach(id -> require(pack, stage, id)));
        }
    }

    private void require(ModelPack pack, Stage stage, String id) {
        NetworkManifest network = networks.get(id);
        if (network == null || network.spec().stage() != stage) {
            throw new IllegalArgumentException(
                    "pack " + pack.name() + ": no " + stage.wireName() + " network " + id);
        }
    }

    /** In the order of the catalog. */
    public List<ModelPack> packs() {
        return List.copyOf(packs.values());
    }

    public Optional<ModelPack> pack(String name) {
        return Optional.ofNullable(packs.get(name));
    }

    /** Whether weights of a pack are under terms that must be accepted first. */
    public boolean needsAcceptance(ModelPack pack) {
        return networks(pack).stream().anyMatch(network -> network.licence().acceptanceNeeded());
    }

    /** Every network of a pack, stage by stage. */
    public List<NetworkManifest> networks(ModelPack pack) {
        return Arrays.stream(Stage.values())
                .flatMap(stage -> networks(pack, stage).stream())
                .toList();
    }

    /** The networks of one stage of a pack, in order; empty when it has none. */
    public List<NetworkManifest> networks(ModelPack pack, Stage stage) {
        return pack.stages().getOrDefault(stage, List.of()).stream().map(this::network).toList();
    }

    private NetworkManifest network(String id) {
        NetworkManifest network = networks.get(id);
        if (network == null) {
            throw new IllegalArgumentException("no network " + id);
        }
        return network;
    }
}
