/**
 * The verb {@code config}: checks a configuration and prints its schema.
 *
 * <p>Takes: a config.json.
 *
 * <p>Gives: every problem at once, or the schema.
 *
 * <p>Threading: main thread.
 */
@NullMarked
package io.facet.cli.config;

import org.jspecify.annotations.NullMarked;
