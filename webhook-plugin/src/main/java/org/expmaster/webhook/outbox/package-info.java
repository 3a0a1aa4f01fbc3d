/**
 * The promise: deliveries as rows, from the commit of their event to their end.
 *
 * <p>Rows are written in the master's own transaction, claimed by lease, and recorded only by who
 * still holds the lease. Knows the database. Must not know events, webhooks or HTTP: a row is an
 * id, a webhook's id and bytes.
 */
package org.expmaster.webhook.outbox;
