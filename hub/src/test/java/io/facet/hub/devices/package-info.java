/** Tests of boxes on a whole hub. */
@NullMarked
package io.facet.hub.devices;

import org.jspecify.annotations.NullMarked;
