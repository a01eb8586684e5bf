@NullMarked
package io.facet.hub.audit;

import org.jspecify.annotations.NullMarked;
