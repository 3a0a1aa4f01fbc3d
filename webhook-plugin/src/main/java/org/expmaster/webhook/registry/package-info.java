/**
 * What users set up: webhooks and their triggers, in the database and, for matching, in memory.
 *
 * <p>Knows the database and the master's values. Must not know what is done with a webhook: neither
 * REST nor payloads nor deliveries.
 */
package org.expmaster.webhook.registry;
