@NullMarked
package io.facet.vision.quality;

import org.jspecify.annotations.NullMarked;
