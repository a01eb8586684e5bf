/**
 * The verb {@code doctor}: says whether this machine sees faces as it should.
 *
 * <p>Takes: a configuration and a model pack.
 *
 * <p>Gives: versions, providers, model hashes and the self-test's checks.
 *
 * <p>Threading: main thread.
 */
@NullMarked
package io.facet.cli.doctor;

import org.jspecify.annotations.NullMarked;
