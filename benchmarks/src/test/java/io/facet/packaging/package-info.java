@NullMarked
package io.facet.packaging;

import org.jspecify.annotations.NullMarked;
