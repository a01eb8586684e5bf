/**
 * JSON Schemas of what the API takes and gives, by name.
 *
 * <p>Takes: nothing.
 *
 * <p>Gives: schemas (2020-12) for the OpenAPI document.
 *
 * <p>Threading: immutable.
 */
@NullMarked
package io.facet.hub.api.schema;

import org.jspecify.annotations.NullMarked;
