@NullMarked
package io.facet.hub.keys;

import org.jspecify.annotations.NullMarked;
