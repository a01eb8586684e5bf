@NullMarked
package io.facet.update;

import org.jspecify.annotations.NullMarked;
