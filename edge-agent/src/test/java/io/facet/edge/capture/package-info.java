@NullMarked
package io.facet.edge.capture;

import org.jspecify.annotations.NullMarked;
