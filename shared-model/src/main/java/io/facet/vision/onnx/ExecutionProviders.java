package io.facet.vision.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which hardware runs the networks: the configured order, less what this build cannot do. */
final class ExecutionProviders {
    private static final Logger LOG = LoggerFactory.getLogger(ExecutionProviders.class);

    private static final Map<String, OrtProvider> BY_NAME =
            Map.of(
                    "cuda", OrtProvider.CUDA,
                    "tensorrt", OrtProvider.TENSOR_RT,
                    "openvino", OrtProvider.OPEN_VINO,
                    "cpu", OrtProvider.CPU);

    private ExecutionProviders() {}

    /**
     * Those of {@code wanted} that are there, in that order, the processor last.
     *
     * @param wanted names as in the configuration
     */
    static List<OrtProvider> choose(List<String> wanted, Set<OrtProvider> available) {
        List<OrtProvider> chosen = new ArrayList<>();
        for (String name : wanted) {
            OrtProvider provider = BY_NAME.getOrDefault(name, OrtProvider.CPU);
            if (provider == OrtProvider.CPU) {
                break; // the processor runs everything, so nothing after it gets a turn
            } else if (available.contains(provider)) {
                chosen.add(provider);
            }
        }
        chosen.add(OrtProvider.CPU);
        return chosen;
    }

    /** Adds the providers to a session; one that is built in but has no device is left out. */
    static List<OrtProvider> addTo(SessionOptions options, List<OrtProvider> chosen) {
        List<OrtProvider> added = new ArrayList<>();
        for (OrtProvider provider : chosen) {
            try {
                add(options, provider);
                added.add(provider);
            } catch (OrtException noDevice) {
                LOG.info("{} is not usable here: {}", provider, noDevice.getMessage());
            }
        }
        return added;
    }

    private static void add(SessionOptions options, OrtProvider provider) throws OrtException {
        switch (provider) {
            case CUDA -> options.addCUDA(0);
            case TENSOR_RT -> options.addTensorrt(0);
            case OPEN_VINO -> options.addOpenVINO("");
            default -> options.addCPU(true);
        }
    }
}
