@NullMarked
package io.facet.vision.embed;

import org.jspecify.annotations.NullMarked;
