/** One contract for every PostgreSQL the hub may use. */
@NullMarked
package io.facet.hub.store.postgres;

import org.jspecify.annotations.NullMarked;
