@NullMarked
package io.facet.hub.live.socketio;

import org.jspecify.annotations.NullMarked;
