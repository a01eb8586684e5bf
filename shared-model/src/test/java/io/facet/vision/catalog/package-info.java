@NullMarked
package io.facet.vision.catalog;

import org.jspecify.annotations.NullMarked;
