/** Tests of the whole hub. */
@NullMarked
package io.facet.hub;

import org.jspecify.annotations.NullMarked;
