/** The whole system as a user starts it: real processes, real clip, real client. */
@NullMarked
package io.facet.e2e;

import org.jspecify.annotations.NullMarked;
