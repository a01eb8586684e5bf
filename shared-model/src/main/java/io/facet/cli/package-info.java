/**
 * The command line: one verb a class.
 *
 * <p>Takes: arguments.
 *
 * <p>Gives: exit status, text, one JSON object with --json.
 *
 * <p>Threading: main thread.
 */
@NullMarked
package io.facet.cli;

import org.jspecify.annotations.NullMarked;
