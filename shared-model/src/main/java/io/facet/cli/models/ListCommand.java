package io.facet.cli.models;

import io.facet.cli.JsonOption;
import io.facet.vision.catalog.CacheInventory;
import io.facet.vision.catalog.ModelPack;
import io.facet.vision.catalog.ModelPacks;
import io.facet.vision.catalog.NetworkManifest;
import io.facet.vision.catalog.ResolveOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./facet models list}. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Shows the packs, their licences and what of them is in the cache.")
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
final class ListCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private Installation installation;
    @Mixin private JsonOption json;

    /** The whole listing. */
    record Listing(String cache, String mirror, String chosen, List<Pack> packs) {}

    /** One pack. */
    record Pack(
            String name,
            String title,
            boolean verified,
            boolean acceptanceNeeded,
            boolean chosen,
            boolean cached,
            List<Network> networks) {}

    /** One network of a pack. */
    record Network(
            String id,
            String stage,
            boolean required,
            String licence,
            long bytes,
            boolean cached) {}

    @Override
    public Integer call() {
        ResolveOptions options = installation.options(_ -> {});
        String chosen = installation.config().recognition().model();
        CacheInventory inventory = ModelPacks.inventory(options.cache());
        List<Pack> packs =
                installation.catalog().packs().stream()
                        .map(pack -> describe(pack, chosen, inventory))
                        .toList();
        Listing listing =
                new Listing(
                        options.cache().toString(),
                        options.mirror().map(Path::toString).orElse(""),
                        chosen,
                        packs);
        if (json.wanted()) {
            json.print(spec.commandLine().getOut(), listing);
        } else {
            print(listing);
        }
        return 0;
    }

    private Pack describe(ModelPack pack, String chosen, CacheInventory inventory) {
        List<Network> networks =
                installation.catalog().networks(pack).stream()
                        .map(network -> describe(pack, network, inventory))
                        .toList();
        return new Pack(
                pack.name(),
                pack.title(),
                pack.verified(),
                installation.catalog().needsAcceptance(pack),
                pack.name().equals(chosen),
                networks.stream().filter(Network::required).allMatch(Network::cached),
                networks);
    }

    private static Network describe(
            ModelPack pack, NetworkManifest network, CacheInventory inventory) {
        return new Network(
                network.id(),
                network.spec().stage().wireName(),
                pack.required().contains(network.spec().stage()),
                network.licence().spdx(),
                network.onnx().bytes(),
                inventory.holds(network));
    }

    private void print(Listing listing) {
        PrintWriter out = spec.commandLine().getOut();
        for (Pack pack : listing.packs()) {
            out.println(
                    pack.name()
                            + (pack.chosen() ? " (chosen)" : "")
                            + (pack.verified() ? "" : " (not verified)")
                            + (pack.acceptanceNeeded() ? " (licence to accept)" : "")
                            + ": "
                            + pack.title());
            for (Network network : pack.networks()) {
                out.printf(
                        "  %-10s %-34s %-9s %8.1f MB  %s%n",
                        network.stage(),
                        network.id(),
                        network.cached() ? "cached" : "to fetch",
                        network.bytes() / 1e6,
                        network.licence());
            }
        }
        out.println("chosen in the configuration: " + listing.chosen());
        out.println("cache: " + listing.cache());
        if (!listing.mirror().isEmpty()) {
            out.println("mirror: " + listing.mirror());
        }
        out.flush();
    }
}
