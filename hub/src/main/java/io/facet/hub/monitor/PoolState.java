package io.facet.hub.monitor;

/**
 * The pool of database connections just now.
 *
 * @param waiting callers that wait for a connection
 */
public record PoolState(int active, int idle, int waiting, int most) {}
