/**
 * What can be changed while the hub runs: settings over config.json, with their history.
 *
 * <p>Takes: new values by key.
 *
 * <p>Gives: the configuration in force and where each value comes from.
 *
 * <p>Threading: thread-safe.
 */
@NullMarked
package io.facet.hub.settings;

import org.jspecify.annotations.NullMarked;
