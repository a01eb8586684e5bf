/**
 * OpenVINO IR (version 10 and 11, xml and bin) to ONNX, for the operators of
 * face-reidentification-retail-0095.
 *
 * <p>Takes: verified xml and bin files.
 *
 * <p>Gives: the bytes of an ONNX file; the same input gives the same bytes.
 *
 * <p>Threading: stateless.
 */
@NullMarked
package io.facet.vision.catalog.openvino;

import org.jspecify.annotations.NullMarked;
