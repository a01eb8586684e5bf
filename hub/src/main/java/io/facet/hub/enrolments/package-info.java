/**
 * Enrolments of many pictures at once, as jobs.
 *
 * <p>Takes: a ZIP file, or a folder below the data folder's {@code import}.
 *
 * <p>Gives: progress, and a result per picture.
 *
 * <p>Threading: thread-safe; one job runs at a time, on a thread of its own.
 */
@NullMarked
package io.facet.hub.enrolments;

import org.jspecify.annotations.NullMarked;
