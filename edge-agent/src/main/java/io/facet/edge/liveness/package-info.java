/**
 * Whether somebody is there in person, over a whole visit: the networks' scores, and what a flat
 * picture or a screen gives away over time.
 *
 * <p>Takes: looks at one face: pixels, points, the networks' score of each.
 *
 * <p>Gives: live, spoof or ambiguous, with reasons.
 *
 * <p>Threading: a camera's analysis thread.
 */
@NullMarked
package io.facet.edge.liveness;

import org.jspecify.annotations.NullMarked;
