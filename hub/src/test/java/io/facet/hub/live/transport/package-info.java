@NullMarked
package io.facet.hub.live.transport;

import org.jspecify.annotations.NullMarked;
