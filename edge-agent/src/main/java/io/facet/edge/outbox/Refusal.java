package io.facet.edge.outbox;

/**
 * An event nobody will ever take.
 *
 * @param code stable, snake_case
 * @param reason one sentence for people
 */
public record Refusal(long sequence, String code, String reason) {}
