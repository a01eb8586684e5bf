@NullMarked
package io.facet.pki;

import org.jspecify.annotations.NullMarked;
