package io.facet.hub.live.engineio;

/** What a session tells its owner, one call at a time and in order. */
public interface SessionListener {
    /**
     * A text message.
     *
     * @throws io.facet.error.FacetException when it is malformed; the session is closed
     */
    void onText(String text);

    /**
     * A message of bytes.
     *
     * @throws io.facet.error.FacetException when nobody waited for it; the session is closed
     */
    void onBinary(byte[] bytes);

    /** The end; called once, from any thread, after which nothing is sent any more. */
    void onClose(CloseReason reason);

    /** Makes the listener of a new session. */
    @FunctionalInterface
    interface Factory {
        SessionListener opened(EngineSession session);
    }
}
