@NullMarked
package io.facet.match;

import org.jspecify.annotations.NullMarked;
