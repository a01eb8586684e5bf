@NullMarked
package io.facet.vision.detect;

import org.jspecify.annotations.NullMarked;
