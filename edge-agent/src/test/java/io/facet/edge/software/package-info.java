@NullMarked
package io.facet.edge.software;

import org.jspecify.annotations.NullMarked;
