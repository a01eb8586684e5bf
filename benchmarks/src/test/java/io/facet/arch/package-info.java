@NullMarked
package io.facet.arch;

import org.jspecify.annotations.NullMarked;
