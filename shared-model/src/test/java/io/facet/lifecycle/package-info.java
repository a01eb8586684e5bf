@NullMarked
package io.facet.lifecycle;

import org.jspecify.annotations.NullMarked;
