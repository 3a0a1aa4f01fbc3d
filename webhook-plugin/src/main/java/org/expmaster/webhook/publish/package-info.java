/**
 * Writes an event's deliveries to the outbox, in the transaction in which the event happens.
 *
 * <p>Finds the webhooks, renders once for each payload form, and writes. A trigger that fires once
 * is checked against earlier firings. {@link org.expmaster.webhook.publish.CatchUp} does the same,
 * in transactions of its own, for ends that no listener has told of. Must not know how deliveries
 * are sent, or REST.
 */
package org.expmaster.webhook.publish;
