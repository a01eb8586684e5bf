/** Tests of films around events. */
@NullMarked
package io.facet.edge.clip;

import org.jspecify.annotations.NullMarked;
