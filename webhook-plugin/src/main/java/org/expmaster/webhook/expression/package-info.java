/**
 * Users' regular expressions: checks whether one is acceptable, and searches at a bounded cost.
 *
 * <p>Must not know triggers, webhooks or logs: it works on plain text.
 */
package org.expmaster.webhook.expression;
