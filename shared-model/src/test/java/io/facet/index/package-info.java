@NullMarked
package io.facet.index;

import org.jspecify.annotations.NullMarked;
