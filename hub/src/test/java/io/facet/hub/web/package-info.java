@NullMarked
package io.facet.hub.web;

import org.jspecify.annotations.NullMarked;
