package io.facet.edge.up;

import io.facet.cli.Verb;
import io.facet.config.ConfigLoader;
import io.facet.config.FacetConfig;
import io.facet.config.Places;
import io.facet.edge.capture.javacv.FfmpegSources;
import io.facet.lifecycle.Lifecycle;
import java.io.PrintWriter;
import java.nio.file.Files;
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
        Path folder = data.toAbsolutePath().normalize();
        Files.createDirectories(folder);
        try (Lifecycle children = new Lifecycle()) {
            Thread stop = new Thread(children::close, "stop");
            Runtime.getRuntime().addShutdownHook(stop);
            run(places, settings, folder, children);
        }
        return 0;
    }

    private void run(Places places, FacetConfig settings, Path folder, Lifecycle children)
            throws Exception {
        Files.deleteIfExists(folder.resolve("ports.json"));
        say("starting the hub (its log: " + folder.resolve("hub.log") + ")");
        Child hubProcess = start("hub", folder, hubArguments(folder), places, children);
        LocalHub hub = LocalHub.await(folder, hubProcess, settings.agent().caFile());
        Path agentData = folder.resolve("agent");
        hub.registerAgent(settings.agent().id(), agentData);
        Demo demo =
                new Demo(
                        places,
                        hub,
                        new Stills(new FfmpegSources(InstantSource.system())),
                        this::say);
        String source = camera == null ? demo.prepare() : Demo.address(camera);
        say("starting the agent (its log: " + folder.resolve("agent.log") + ")");
        Child agent = start("edge", folder, agentArguments(agentData, hub), places, children);
        hub.camera(camera == null ? "Demo camera" : camera, settings.agent().id(), source);
        tell(hub);
        waitFor(hubProcess, agent);
    }

    private static Child start(
            String verb, Path folder, List<String> arguments, Places places, Lifecycle children) {
        List<String> command = new ArrayList<>();
        command.add(places.home().resolve("facet").toString());
        command.add(verb);
        command.addAll(arguments);
        String name = verb.equals("edge") ? "agent" : verb;
        return children.start(
                name, () -> Child.start(name, folder.resolve(name + ".log"), command));
    }

    private List<String> hubArguments(Path folder) {
        List<String> arguments = common(folder);
        if (port != null) {
            arguments.addAll(List.of("--port", port.toString()));
        }
        return arguments;
    }

    private List<String> agentArguments(Path agentData, LocalHub hub) {
        List<String> arguments = common(agentData);
        arguments.addAll(List.of("--hub", hub.address().toString()));
        if (port != null) {
            arguments.addAll(List.of("--port", "0"));
        }
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
                "  Events shows who is recognised; Cameras, then Watch, shows the live picture;");
        out.println("  People enrols somebody from a picture. Ctrl-C stops everything.");
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
