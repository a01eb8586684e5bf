@NullMarked
package io.facet.vision.onnx;

import org.jspecify.annotations.NullMarked;
