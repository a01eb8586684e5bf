@NullMarked
package io.facet.hub.tls;

import org.jspecify.annotations.NullMarked;
