/**
 * {@code facet-edge update}: a signed release into the slot that is not in use.
 *
 * <p>Takes: a release file; what the package's launcher says in the environment.
 *
 * <p>Gives: a slot that the launcher puts on trial at the next start.
 *
 * <p>Threading: one thread.
 */
@NullMarked
package io.facet.cli.update;

import org.jspecify.annotations.NullMarked;
