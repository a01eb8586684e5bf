/**
 * The verb {@code eval}: how well the pipeline does on labelled pictures.
 *
 * <p>Takes: folders of pictures and their labels.
 *
 * <p>Gives: reports as text, or one JSON object with --json.
 *
 * <p>Threading: main thread; the pictures on all cores.
 */
@NullMarked
package io.facet.cli.eval;

import org.jspecify.annotations.NullMarked;
