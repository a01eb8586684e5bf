@NullMarked
package io.facet.vision.catalog.openvino;

import org.jspecify.annotations.NullMarked;
