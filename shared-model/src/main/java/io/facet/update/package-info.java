/**
 * Signed releases, and the two slots of an installation that they go into.
 *
 * <p>Takes: a release file and the key it must be signed with.
 *
 * <p>Gives: a checked release in the slot that is not in use, for the launcher to put on trial.
 *
 * <p>Threading: one thread for each installation.
 */
@NullMarked
package io.facet.update;

import org.jspecify.annotations.NullMarked;
