@NullMarked
package io.facet.vision.align;

import org.jspecify.annotations.NullMarked;
