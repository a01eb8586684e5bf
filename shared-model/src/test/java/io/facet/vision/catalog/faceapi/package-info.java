@NullMarked
package io.facet.vision.catalog.faceapi;

import org.jspecify.annotations.NullMarked;
