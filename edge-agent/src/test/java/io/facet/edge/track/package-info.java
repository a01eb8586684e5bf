@NullMarked
package io.facet.edge.track;

import org.jspecify.annotations.NullMarked;
