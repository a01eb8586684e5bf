@NullMarked
package io.facet.hub.backup;

import org.jspecify.annotations.NullMarked;
