/**
 * The hub's services as one value for its adapters.
 *
 * <p>Takes: services.
 *
 * <p>Gives: HubServices.
 *
 * <p>Threading: immutable.
 */
@NullMarked
package io.facet.hub.services;

import org.jspecify.annotations.NullMarked;
