/** Tests of what REST takes in. */
@NullMarked
package io.facet.hub.api.rest;

import org.jspecify.annotations.NullMarked;
