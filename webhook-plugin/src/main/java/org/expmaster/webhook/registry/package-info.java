/**
 * Webhooks and their triggers, stored in the database and held in memory for matching.
 *
 * <p>Knows the database and the master's values. Must not know how webhooks are used: neither REST
 * nor payloads nor deliveries.
 */
package org.expmaster.webhook.registry;
