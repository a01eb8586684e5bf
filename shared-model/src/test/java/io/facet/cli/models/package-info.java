@NullMarked
package io.facet.cli.models;

import org.jspecify.annotations.NullMarked;
