package io.facet.hub.cameras;

import io.facet.model.CameraRules;
import io.facet.model.CameraSource;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What to change about a camera; empty keeps what is there.
 *
 * @param rules makes the rules from those there are
 */
public record CameraChange(
        Optional<String> name, Optional<CameraSource> source, UnaryOperator<CameraRules> rules) {}
