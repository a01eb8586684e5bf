@NullMarked
package io.facet.edge.liveness;

import org.jspecify.annotations.NullMarked;
