/**
 * Which model the enrolled faces' templates are of, and the way to another one.
 *
 * <p>Takes: faces without a template of a model, and their pictures.
 *
 * <p>Gives: templates of that model, while the hub works.
 *
 * <p>Threading: thread-safe; a change of models runs on a thread of its own.
 */
@NullMarked
package io.facet.hub.models;

import org.jspecify.annotations.NullMarked;
