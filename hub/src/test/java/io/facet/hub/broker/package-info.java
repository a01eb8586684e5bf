/** One contract for every broker that hub and boxes may use. */
@NullMarked
package io.facet.hub.broker;

import org.jspecify.annotations.NullMarked;
