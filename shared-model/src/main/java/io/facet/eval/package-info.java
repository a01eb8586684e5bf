/**
 * How well the pipeline does on labelled pictures: verification, detection, expression,
 * identification, liveness, and the fit of calibrations.
 *
 * <p>Takes: folders of pictures with their labels, a Vision.
 *
 * <p>Gives: reports of plain numbers.
 *
 * <p>Threading: pictures are read on all cores; statistics are pure functions.
 */
@NullMarked
package io.facet.eval;

import org.jspecify.annotations.NullMarked;
