@NullMarked
package io.facet.eval;

import org.jspecify.annotations.NullMarked;
