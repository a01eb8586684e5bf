/**
 * How the hub and its fleet do: what parts tell observers, what they let others read, and a sample
 * of both every few seconds.
 *
 * <p>Takes: devices, cameras, queues, disk.
 *
 * <p>Gives: Sample, Probes; interfaces for those who want to be told.
 *
 * <p>Threading: thread-safe; the sampler has one thread.
 */
@NullMarked
package io.facet.hub.monitor;

import org.jspecify.annotations.NullMarked;
