package io.facet.packaging;

import io.facet.cli.JsonOption;
import io.facet.cli.Verb;
import io.facet.config.FacetConfig;
import io.facet.config.Places;
import io.facet.crypto.KeyFile;
import io.facet.crypto.SigningKeyPair;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.update.ReleaseArchive;
import io.facet.vision.catalog.ModelPacks;
import io.facet.vision.catalog.ResolveOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./facet package}. */
@Command(
        name = "package",
        mixinStandardHelpOptions = true,
        description = {
            "Builds Debian packages of the edge agent and the hub, with a Java runtime, models and",
            "the natives of one architecture."
        })
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
public final class PackageVerb implements Verb {
    @Spec private CommandSpec spec;
    @Mixin private JsonOption json;

    @Parameters(arity = "0..*", paramLabel = "edge|hub", description = "which; default: both")
    private List<Role> roles = List.of();

    @Option(names = "--arch", paramLabel = "amd64|arm64", description = "default: this machine's")
    private @Nullable Architecture arch;

    @Option(
            names = "--jdk",
            paramLabel = "DIR",
            description = "JDK 25 of that architecture, with jmods; needed for another machine's")
    private @Nullable Path jdk;

    @Option(
            names = "--runtime",
            paramLabel = "DIR",
            description = "a runtime linked on such a machine, instead of --jdk")
    private @Nullable Path runtime;

    @Option(names = "--set-version", paramLabel = "V", description = "default: this build's")
    private @Nullable String version;

    @Option(
            names = "--models",
            paramLabel = "DIR",
            description = "folder with model files, as FACET_MODELS_MIRROR")
    private @Nullable Path models;

    @Option(names = "--pack", defaultValue = "auto", description = "model pack; default: auto")
    private String pack;

    @Option(
            names = "--release-key",
            paramLabel = "FILE",
            description = {
                "signs a release for update with this key, made when it is not there; the package",
                "takes updates signed with it. Keep it secret, and safe"
            })
    private @Nullable Path releaseKey;

    @Option(
            names = "--output",
            paramLabel = "DIR",
            defaultValue = "target/packages",
            description = "default: ${DEFAULT-VALUE}")
    private Path output;

    /** What was built. */
    record Report(List<Built> packages) {}

    /** One package. */
    record Built(String file, String release, String version, String architecture, long bytes) {}

    @Override
    public Integer call() throws Exception {
        Architecture here =
                Architecture.ofThisMachine()
                        .orElseThrow(() ->
                                new FacetException(
                                        ErrorCode.UNAVAILABLE,
                                        "Facet runs on x86-64 and arm64 only"));
        Architecture target = arch == null ? here : arch;
        Places places = Places.find(System.getenv(), Path.of(""));
        Files.createDirectories(output);
        List<Built> built = new ArrayList<>();
        for (Role role : roles.isEmpty() ? List.of(Role.values()) : roles) {
            say("packaging " + role.label() + " for " + target.debian());
            built.add(build(places, role, here, target));
        }
        PrintWriter out = json.text(spec.commandLine());
        for (Built one : built) {
            out.println(one.file());
            if (!one.release().isEmpty()) {
                out.println(one.release());
            }
        }
        out.flush();
        json.print(spec.commandLine().getOut(), new Report(built));
        return 0;
    }

    private Built build(Places places, Role role, Architecture here, Architecture target)
            throws IOException, InterruptedException {
        Path stage = Files.createTempDirectory(output.toAbsolutePath(), ".stage");
        try {
            // What is in it is for everybody to read; a temporary folder is not.
            Files.setPosixFilePermissions(
                    stage, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
            String name = version == null ? version() : version;
            DebPackage deb = new DebPackage(places.home(), role, target, name, stage);
            Files.createDirectories(deb.release());
            fill(new ReleaseFolder(places.home(), role, target, deb.release()), here, target, name);
            addModels(places, deb.release().resolve("models"));
            Path file = output.toAbsolutePath().resolve(deb.fileName());
            String release = sign(role, deb, target, name, file);
            deb.build(file);
            return new Built(file.toString(), release, name, target.debian(), Files.size(file));
        } finally {
            Trees.delete(stage);
        }
    }

    private void fill(ReleaseFolder release, Architecture here, Architecture target, String name)
            throws IOException, InterruptedException {
        release.writeTexts(name);
        release.addJars(here);
        if (runtime != null) {
            RuntimeImage.copy(runtime, target, release.runtime());
        } else {
            new RuntimeImage(Path.of(System.getProperty("java.home")))
                    .link(Optional.ofNullable(jdk), target, release.runtime());
        }
        Trees.resolveLinks(release.runtime());
    }

    /** The release beside the package, when there is a key. */
    private String sign(Role role, DebPackage deb, Architecture target, String name, Path file)
            throws IOException {
        if (releaseKey == null) {
            return "";
        }
        SigningKeyPair key =
                SigningKeyPair.fromBytes(
                        KeyFile.readOrCreate(
                                releaseKey, () -> SigningKeyPair.generate().toBytes()));
        Files.writeString(
                deb.releaseKey(),
                Base64.getEncoder().encodeToString(key.verifying().bytes()) + "\n");
        Path release = Path.of(file.toString().replaceFirst("\\.deb$", ".release"));
        try (OutputStream out = Files.newOutputStream(release)) {
            ReleaseArchive.write(
                    deb.release(), "facet-" + role.label(), name, target.debian(), key, out);
        }
        return release.toString();
    }

    private void addModels(Places places, Path to) throws IOException {
        ResolveOptions usual =
                ModelPacks.options(
                        FacetConfig.Models.DEFAULT, places.home(), System.getenv(), this::say);
        ModelPacks.resolver(
                        new ResolveOptions(
                                to,
                                models == null ? usual.mirror() : Optional.of(models),
                                true,
                                false,
                                this::say))
                .resolve(pack)
                .orThrow();
        // What they were made from stays here.
        Trees.keepOnly(to, ".onnx");
    }

    private static String version() {
        String version = PackageVerb.class.getPackage().getImplementationVersion();
        return version == null ? "0.0.0-development" : version;
    }

    private void say(String line) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("facet: " + line);
        err.flush();
    }
}
