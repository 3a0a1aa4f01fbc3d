/**
 * The delivery loop: claims, signs, sends and records deliveries.
 *
 * <p>Decides what is sent when, how many requests to each webhook may be in flight, and what
 * follows from the end of a request. Knows the outbox, health and {@code http}. Must not know
 * events, the registry, REST or the SPI's services: to it a webhook is a {@link
 * org.expmaster.webhook.delivery.Target}.
 */
package org.expmaster.webhook.delivery;
