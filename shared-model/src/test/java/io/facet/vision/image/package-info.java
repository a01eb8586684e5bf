@NullMarked
package io.facet.vision.image;

import org.jspecify.annotations.NullMarked;
