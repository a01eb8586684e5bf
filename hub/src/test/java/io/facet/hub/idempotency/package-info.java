/** Tests of changes that happen once. */
@NullMarked
package io.facet.hub.idempotency;

import org.jspecify.annotations.NullMarked;
