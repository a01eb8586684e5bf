/**
 * What tests of the hub share: a fake of the vision pipeline, pictures for it, a hub, an edge box.
 */
@NullMarked
package io.facet.hub.testing;

import org.jspecify.annotations.NullMarked;
