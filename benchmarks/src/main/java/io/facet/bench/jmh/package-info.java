/**
 * JMH kernels, run by {@code java -cp benchmarks/target/facet-benchmarks.jar org.openjdk.jmh.Main}.
 *
 * <p>Takes: nothing.
 *
 * <p>Gives: times of single kernels.
 *
 * <p>Threading: JMH's.
 */
@NullMarked
package io.facet.bench.jmh;

import org.jspecify.annotations.NullMarked;
