/**
 * Model packs: resolves, verifies, converts, asks for licences.
 *
 * <p>Takes: manifests in models/, upstream files.
 *
 * <p>Gives: verified ONNX files and their constants.
 *
 * <p>Threading: one resolver per process; downloads are locked per file.
 */
@NullMarked
package io.facet.vision.catalog;

import org.jspecify.annotations.NullMarked;
