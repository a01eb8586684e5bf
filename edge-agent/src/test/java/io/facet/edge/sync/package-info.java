/** Tests of the sync. */
@NullMarked
package io.facet.edge.sync;

import org.jspecify.annotations.NullMarked;
