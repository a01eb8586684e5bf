@NullMarked
package io.facet.edge.capture.javacv;

import org.jspecify.annotations.NullMarked;
