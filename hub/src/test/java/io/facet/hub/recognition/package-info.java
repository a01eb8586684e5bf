/** What is said of pictures. */
@org.jspecify.annotations.NullMarked
package io.facet.hub.recognition;
