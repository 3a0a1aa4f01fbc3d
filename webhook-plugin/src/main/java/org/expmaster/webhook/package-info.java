/**
 * Webhooks: every experiment that completes or fails is told, signed, to whoever asked for it.
 *
 * <p>Two spines, each to be read in one screen: {@link
 * org.expmaster.webhook.publish.EventPublisher} (event → match → render → outbox, inside the
 * master's transaction) and {@code delivery.DeliveryLoop} (claim → sign → send → record).
 *
 * <p>This room starts and stops the plugin, wires the others, and translates between them and the
 * master's SPI. It holds no rule of its own.
 */
package org.expmaster.webhook;
