/** A long run under mixed load against a hub process. */
@NullMarked
package io.facet.bench;

import org.jspecify.annotations.NullMarked;
