/** Tests. */
@org.jspecify.annotations.NullMarked
package io.facet.hub.alerts;
