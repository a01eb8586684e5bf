/**
 * Makes what operators install.
 *
 * <p>Takes: the jars of this build, a JDK, the templates of {@code provisioning/debian}.
 *
 * <p>Gives: Debian packages with a Java runtime, models and natives of one architecture; releases
 * for the update of boxes.
 *
 * <p>Threading: one thread.
 */
@NullMarked
package io.facet.packaging;

import org.jspecify.annotations.NullMarked;
