@NullMarked
package io.facet.edge.health;

import org.jspecify.annotations.NullMarked;
