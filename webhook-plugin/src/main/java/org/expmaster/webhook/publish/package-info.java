/**
 * From an event to rows in the outbox, inside the transaction in which the event happens.
 *
 * <p>Asks who wants to know, renders once for each form, and writes. What fires once is checked
 * against what has fired. Must not know how deliveries are sent, nor REST.
 */
package org.expmaster.webhook.publish;
