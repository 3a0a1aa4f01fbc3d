/**
 * Decides which webhooks an event concerns.
 *
 * <p>Knows events and the registry's snapshot; reads no database. Must not know what is sent to a
 * webhook, or how.
 */
package org.expmaster.webhook.match;
