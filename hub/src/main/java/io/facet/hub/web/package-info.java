/**
 * The hub's one HTTP listener: page, REST, Socket.IO, health.
 *
 * <p>Takes: HubServices.
 *
 * <p>Gives: a running web server.
 *
 * <p>Threading: thread-safe.
 */
@NullMarked
package io.facet.hub.web;

import org.jspecify.annotations.NullMarked;
