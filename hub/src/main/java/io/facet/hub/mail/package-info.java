/**
 * Alerts by e-mail; the only room that knows Jakarta Mail.
 *
 * <p>Takes: mails that are due.
 *
 * <p>Gives: messages to an SMTP server.
 *
 * <p>Threading: one thread sends.
 */
@NullMarked
package io.facet.hub.mail;

import org.jspecify.annotations.NullMarked;
