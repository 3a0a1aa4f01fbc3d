/**
 * Keeping the promise: the loop that claims, signs, sends and records.
 *
 * <p>Decides what is sent when, how many requests each webhook may have under way, and what follows
 * from how a request ended. Knows the outbox, signing and {@code http}. Must not know events, the
 * registry, REST or the SPI's services: to it a webhook is a {@link
 * org.expmaster.webhook.delivery.Target}.
 */
package org.expmaster.webhook.delivery;
