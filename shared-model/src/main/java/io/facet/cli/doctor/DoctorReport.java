package io.facet.cli.doctor;

import io.facet.vision.catalog.ModelSpec;
import io.facet.vision.catalog.ResolvedModel;
import io.facet.vision.catalog.ResolvedPack;
import io.facet.vision.pipeline.PackVision;
import io.facet.vision.pipeline.SelfTestReport;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What {@code ./facet doctor} prints.
 *
 * @param versions of what the answers depend on, by name
 * @param providers execution providers in use, best first
 * @param threads of one inference call
 * @param calls inference calls that run at a time
 */
record DoctorReport(
        boolean ok,
        String pack,
        String embeddingSpace,
        Map<String, String> versions,
        List<String> providers,
        int threads,
        int calls,
        List<Model> models,
        List<ResolvedPack.MissingStage> missing,
        List<SelfTestReport.Check> checks,
        List<String> notPinned) {

    /** A network in use. */
    record Model(String stage, String id, String sha256) {}

    static DoctorReport of(PackVision vision, SelfTestReport test, String facetVersion) {
        ResolvedPack pack = vision.pack();
        return new DoctorReport(
                test.ok(),
                pack.pack().name(),
                pack.space().id(),
                versions(vision, facetVersion),
                vision.runtime().providerNames(),
                vision.runtime().threads(),
                vision.runtime().calls(),
                models(pack),
                pack.missing(),
                test.checks(),
                test.notPinned());
    }

    private static Map<String, String> versions(PackVision vision, String facetVersion) {
        Map<String, String> versions = new TreeMap<>();
        versions.put("facet", facetVersion);
        versions.put("java", Runtime.version().toString());
        versions.put("onnxruntime", vision.runtime().version());
        versions.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        return versions;
    }

    private static List<Model> models(ResolvedPack pack) {
        List<ResolvedModel<? extends ModelSpec>> models = new ArrayList<>();
        models.add(pack.detector());
        models.add(pack.embedder());
        models.addAll(pack.liveness());
        pack.landmarks().ifPresent(models::add);
        pack.expression().ifPresent(models::add);
        return models.stream()
                .map(m -> new Model(m.spec().stage().wireName(), m.id(), m.sha256()))
                .toList();
    }

    /** The same for people. */
    void print(PrintWriter out) {
        versions.forEach((name, version) -> out.println(name + " " + version));
        out.printf(
                Locale.ROOT,
                "pack %s, embedding space %s, on %s: %d calls at a time of %d threads%n",
                pack,
                embeddingSpace,
                String.join(", ", providers),
                calls,
                threads);
        models.forEach(m -> out.println("  " + m.stage() + ": " + m.id() + " " + m.sha256()));
        missing.forEach(m -> out.println("  " + m.stage().wireName() + ": missing, " + m.reason()));
        for (SelfTestReport.Check check : checks) {
            out.printf(
                    Locale.ROOT,
                    "%s %s %.4f, at least %.3f: %s%n",
                    check.ok() ? "ok  " : "FAIL",
                    check.name(),
                    check.value(),
                    check.limit(),
                    check.detail());
        }
        notPinned.forEach(stage -> out.println("not checked: " + stage + ", no pinned answer"));
        out.println(ok ? "all is well" : "this machine does not see faces as it should");
        out.flush();
    }
}
