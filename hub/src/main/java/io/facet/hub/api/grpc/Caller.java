package io.facet.hub.api.grpc;

import io.facet.hub.security.Principal;
import io.grpc.Context;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Who makes the call at hand.
 *
 * @param again asks anew who they are, for streams that outlive a credential
 */
record Caller(Principal principal, Supplier<Optional<Principal>> again) {
    private static final Context.Key<Caller> KEY = Context.key("facet-caller");

    /** Of the call this thread works for. */
    static Caller current() {
        Caller caller = KEY.get();
        if (caller == null) {
            throw new IllegalStateException("outside of a call that was let in");
        }
        return caller;
    }

    /** The present context, with this caller. */
    Context context() {
        return Context.current().withValue(KEY, this);
    }
}
