/** Tests of the package. */
@NullMarked
package io.facet.hub.recognition;

import org.jspecify.annotations.NullMarked;
