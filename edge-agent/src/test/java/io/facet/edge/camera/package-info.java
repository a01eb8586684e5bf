@NullMarked
package io.facet.edge.camera;

import org.jspecify.annotations.NullMarked;
