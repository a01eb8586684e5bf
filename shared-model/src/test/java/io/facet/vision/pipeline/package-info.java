@NullMarked
package io.facet.vision.pipeline;

import org.jspecify.annotations.NullMarked;
