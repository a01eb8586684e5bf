/** Tests of the embedded server. */
@NullMarked
package io.facet.hub.store.postgres.server;

import org.jspecify.annotations.NullMarked;
