/** Tests of the outbox. */
@NullMarked
package io.facet.edge.outbox;

import org.jspecify.annotations.NullMarked;
