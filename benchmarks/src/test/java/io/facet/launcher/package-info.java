@NullMarked
package io.facet.launcher;

import org.jspecify.annotations.NullMarked;
