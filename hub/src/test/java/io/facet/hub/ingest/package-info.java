/** Tests of what comes in. */
@NullMarked
package io.facet.hub.ingest;

import org.jspecify.annotations.NullMarked;
