/**
 * config.json to records: every problem at once.
 *
 * <p>Takes: config.json and FACET_ variables.
 *
 * <p>Gives: FacetConfig.
 *
 * <p>Threading: immutable.
 */
@NullMarked
package io.facet.config;

import org.jspecify.annotations.NullMarked;
