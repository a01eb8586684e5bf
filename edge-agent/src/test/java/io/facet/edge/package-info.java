@NullMarked
package io.facet.edge;

import org.jspecify.annotations.NullMarked;
