/** Tests of the gallery. */
@NullMarked
package io.facet.edge.gallery;

import org.jspecify.annotations.NullMarked;
