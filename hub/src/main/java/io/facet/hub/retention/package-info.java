/**
 * Deletes what was kept long enough.
 *
 * <p>Takes: days per class of data.
 *
 * <p>Gives: less data.
 *
 * <p>Threading: one run at a time.
 */
@NullMarked
package io.facet.hub.retention;

import org.jspecify.annotations.NullMarked;
