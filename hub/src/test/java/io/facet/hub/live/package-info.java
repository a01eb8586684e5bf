@NullMarked
package io.facet.hub.live;

import org.jspecify.annotations.NullMarked;
