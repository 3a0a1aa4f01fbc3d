/**
 * Who did what to webhooks and keys: written together with the change, listed for admins, logged.
 *
 * <p>Knows people and actions. Must not know URLs, headers, keys or secrets.
 */
package org.expmaster.webhook.audit;
