@NullMarked
package io.facet.hub.security;

import org.jspecify.annotations.NullMarked;
