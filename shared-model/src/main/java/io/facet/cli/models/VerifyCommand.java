package io.facet.cli.models;

import io.facet.cli.JsonOption;
import io.facet.vision.catalog.CacheInventory;
import io.facet.vision.catalog.CacheInventory.State;
import io.facet.vision.catalog.ModelPack;
import io.facet.vision.catalog.ModelPacks;
import io.facet.vision.catalog.Stage;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./facet models verify}. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Hashes the cached files again and fetches nothing.",
            "Exit status 1 when one is damaged or, with PACK, a required one is missing."
        })
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
final class VerifyCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private Installation installation;
    @Mixin private JsonOption json;

    @Parameters(
            arity = "0..1",
            paramLabel = "PACK",
            defaultValue = "",
            description = "a pack; without one, whatever of any pack is in the cache")
    private String name;

    /** Everything looked at. */
    record Report(boolean ok, List<Network> networks) {}

    /** One file. */
    record Network(String id, String stage, String state, boolean ok, String detail) {}

    @Override
    public Integer call() {
        CacheInventory inventory = ModelPacks.inventory(installation.options(_ -> {}).cache());
        List<Network> networks = name.isEmpty() ? everyPack(inventory) : onePack(inventory);
        Report report = new Report(networks.stream().allMatch(Network::ok), networks);
        if (json.wanted()) {
            json.print(spec.commandLine().getOut(), report);
        } else {
            print(report);
        }
        return report.ok() ? 0 : 1;
    }

    private List<Network> onePack(CacheInventory inventory) {
        ModelPack pack = installation.pack(name);
        return inventory.look(pack).stream()
                .map(entry -> describe(entry, pack.required()))
                .toList();
    }

    private List<Network> everyPack(CacheInventory inventory) {
        return installation.catalog().packs().stream()
                .flatMap(pack -> inventory.look(pack).stream())
                .filter(entry -> entry.state() != State.MISSING)
                .map(entry -> describe(entry, List.of()))
                .distinct()
                .toList();
    }

    private static Network describe(CacheInventory.Entry entry, List<Stage> required) {
        Stage stage = entry.network().spec().stage();
        boolean ok =
                switch (entry.state()) {
                    case WHOLE -> true;
                    case DAMAGED -> false;
                    case MISSING -> !required.contains(stage);
                };
        return new Network(
                entry.network().id(),
                stage.wireName(),
                entry.state().name().toLowerCase(Locale.ROOT),
                ok,
                entry.detail());
    }

    private void print(Report report) {
        PrintWriter out = spec.commandLine().getOut();
        for (Network network : report.networks()) {
            out.printf(
                    "%-8s %-10s %s%n",
                    network.state(),
                    network.stage(),
                    network.ok() ? network.id() : network.id() + ": " + network.detail());
        }
        if (report.networks().isEmpty()) {
            out.println("the cache holds no models; run './facet models fetch'");
        } else if (!report.ok()) {
            out.println("run './facet models fetch' to repair");
        }
        out.flush();
    }
}
