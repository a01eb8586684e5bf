/**
 * What the product promises of bad times, counted.
 *
 * <p>Takes: a real hub, real boxes, a line between them that is cut, delayed and listened to.
 *
 * <p>Gives: a count of what the box was told to be safe against what the hub's database holds.
 *
 * <p>Threading: a line has threads of its own; everything else belongs to the test's.
 */
@NullMarked
package io.facet.proof;

import org.jspecify.annotations.NullMarked;
