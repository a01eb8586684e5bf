/** Tests of the enrolment. */
@NullMarked
package io.facet.edge.enrolment;

import org.jspecify.annotations.NullMarked;
