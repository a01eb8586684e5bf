@NullMarked
package io.facet.vision.catalog.onnxproto;

import org.jspecify.annotations.NullMarked;
