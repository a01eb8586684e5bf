@NullMarked
package io.facet.edge.up;

import org.jspecify.annotations.NullMarked;
