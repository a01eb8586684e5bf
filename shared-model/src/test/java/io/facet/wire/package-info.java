@NullMarked
package io.facet.wire;

import org.jspecify.annotations.NullMarked;
