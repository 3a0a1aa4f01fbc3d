/**
 * Keeping the promise: the loop that claims, signs, sends and records.
 *
 * <p>Knows the outbox, signing, and, in the sender and what it is made of, the HTTP client. Must
 * not know events, the registry, REST or the SPI's services: to it a webhook is a {@link
 * org.expmaster.webhook.delivery.Target}.
 */
package org.expmaster.webhook.delivery;
