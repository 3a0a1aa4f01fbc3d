/**
 * Regular expressions of users: whether one may be set up, and searching with it at a bounded cost.
 *
 * <p>Must not know triggers, webhooks or logs: it gets text.
 */
package org.expmaster.webhook.expression;
