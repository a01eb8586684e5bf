/**
 * What this box runs, changed at the hub's wish: releases of Facet and model packs.
 *
 * <p>Takes: the DesiredSoftware that the hub keeps at the broker, signed artefacts over HTTPS.
 *
 * <p>Gives: a release in the slot that is not in use; a model pack on trial with its own gallery,
 * committed or rolled back; how it stands with each.
 *
 * <p>Threading: one thread does the work; what it says of itself is thread-safe.
 */
@NullMarked
package io.facet.edge.software;

import org.jspecify.annotations.NullMarked;
