/**
 * The live page: static files built from {@code src/main/web}.
 *
 * <p>Takes: HTTP requests.
 *
 * <p>Gives: files of the class path.
 *
 * <p>Threading: stateless.
 */
@NullMarked
package io.facet.hub.dashboard;

import org.jspecify.annotations.NullMarked;
