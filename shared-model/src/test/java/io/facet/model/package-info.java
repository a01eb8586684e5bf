@NullMarked
package io.facet.model;

import org.jspecify.annotations.NullMarked;
