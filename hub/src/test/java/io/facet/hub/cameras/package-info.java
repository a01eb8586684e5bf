/** Tests of cameras without a box. */
@NullMarked
package io.facet.hub.cameras;

import org.jspecify.annotations.NullMarked;
