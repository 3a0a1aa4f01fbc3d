/**
 * Who wants to know: which webhooks an event concerns.
 *
 * <p>Knows events and the registry's snapshot; asks no database. Must not know what a webhook is
 * then told, nor how.
 */
package org.expmaster.webhook.match;
