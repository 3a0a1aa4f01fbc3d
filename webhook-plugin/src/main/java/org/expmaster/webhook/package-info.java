/**
 * Delivers signed webhooks when experiments complete or fail, and for other events users choose.
 *
 * <p>Two paths are worth reading from end to end, each on one screen: {@link
 * org.expmaster.webhook.publish.EventPublisher} (event → match → render → outbox, inside the
 * master's transaction) and {@code delivery.DeliveryLoop} (claim → sign → send → record).
 *
 * <p>This package starts and stops the plugin, wires the other packages, and translates between
 * them and the master's SPI. It holds no rules of its own.
 */
package org.expmaster.webhook;
