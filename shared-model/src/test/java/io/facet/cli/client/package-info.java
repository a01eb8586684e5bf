@NullMarked
package io.facet.cli.client;

import org.jspecify.annotations.NullMarked;
