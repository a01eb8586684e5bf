@NullMarked
package io.facet.hub.oidc;

import org.jspecify.annotations.NullMarked;
