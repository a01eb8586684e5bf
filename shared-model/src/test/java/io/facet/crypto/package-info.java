/** Tests of the envelopes. */
@NullMarked
package io.facet.crypto;

import org.jspecify.annotations.NullMarked;
