@NullMarked
package io.facet.config;

import org.jspecify.annotations.NullMarked;
