/**
 * What boxes run: the signed files they fetch, and roll-outs, which ask them for it in stages.
 *
 * <p>Takes: artefacts, roll-outs, and what boxes report of themselves.
 *
 * <p>Gives: files to boxes that are to have them; what each box is to run.
 *
 * <p>Threading: thread-safe; one thread looks after roll-outs.
 */
@NullMarked
package io.facet.hub.software;

import org.jspecify.annotations.NullMarked;
