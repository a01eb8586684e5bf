package io.facet.hub.api.grpc;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.recognition.RecognitionService.Options;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** How to decide, as a request says it; values are checked here. Stateless. */
final class Asked {
    private Asked() {}

    static OptionalDouble threshold(boolean present, float value) {
        if (!present) {
            return OptionalDouble.empty();
        }
        if (!(value >= 0 && value <= 1)) {
            throw new FacetException(ErrorCode.INVALID_ARGUMENT, "threshold is 0 to 1");
        }
        return OptionalDouble.of(value);
    }

    private static OptionalInt most(boolean present, int value) {
        if (!present) {
            return OptionalInt.empty();
        }
        if (value < 1 || value > 100) {
            throw new FacetException(ErrorCode.INVALID_ARGUMENT, "max_results is 1 to 100");
        }
        return OptionalInt.of(value);
    }

    static Options options(boolean hasThreshold, float threshold, boolean hasMost, int maxResults) {
        return new Options(threshold(hasThreshold, threshold), most(hasMost, maxResults));
    }
}
