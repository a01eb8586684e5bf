package io.facet.hub.live;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.live.socketio.Acknowledgement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Errors as viewers get them: {@code code} and {@code detail}. */
final class Errors {
    private static final Logger LOG = LoggerFactory.getLogger(Errors.class);

    private Errors() {}

    static ObjectNode of(ErrorCode code, String detail) {
        ObjectNode error = JsonNodeFactory.instance.objectNode();
        error.put("code", code.wireName());
        error.put("detail", detail);
        return error;
    }

    /** Does something for a viewer and acknowledges its result or its error. */
    @SuppressWarnings("CatchingUnchecked") // the boundary: the viewer hears of every fault
    static void answering(
            Acknowledgement acknowledgement, java.util.function.Supplier<ObjectNode> action) {
        try {
            acknowledgement.send(action.get());
        } catch (FacetException known) {
            acknowledgement.send(error(of(known.code(), known.reason())));
        } catch (IllegalArgumentException invalid) {
            String reason = String.valueOf(invalid.getMessage());
            acknowledgement.send(error(of(ErrorCode.INVALID_ARGUMENT, reason)));
        } catch (RuntimeException fault) {
            LOG.error("a viewer's request failed", fault);
            acknowledgement.send(
                    error(of(ErrorCode.INTERNAL, "the hub failed; its log says more")));
        }
    }

    private static ObjectNode error(ObjectNode error) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("error", error);
        return json;
    }
}
