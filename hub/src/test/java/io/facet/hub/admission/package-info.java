@NullMarked
package io.facet.hub.admission;

import org.jspecify.annotations.NullMarked;
