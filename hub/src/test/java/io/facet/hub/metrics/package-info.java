/** Tests of the metrics. */
@org.jspecify.annotations.NullMarked
package io.facet.hub.metrics;
