/**
 * The verb {@code models}: lists, fetches, verifies and chooses model packs.
 *
 * <p>Takes: names of packs.
 *
 * <p>Gives: what is there, what is missing and what to do.
 *
 * <p>Threading: main thread.
 */
@NullMarked
package io.facet.cli.models;

import org.jspecify.annotations.NullMarked;
