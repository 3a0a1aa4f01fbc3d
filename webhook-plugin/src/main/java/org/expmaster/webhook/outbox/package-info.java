/**
 * Stores deliveries as rows, from the commit of their event to their end.
 *
 * <p>Rows are written in the master's own transaction and claimed by lease; only a claim that still
 * holds the lease can record a result. Knows the database. Must not know events, webhooks or HTTP:
 * a row is an id, a webhook's id and bytes.
 */
package org.expmaster.webhook.outbox;
