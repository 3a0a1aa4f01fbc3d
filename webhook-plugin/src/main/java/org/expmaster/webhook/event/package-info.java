/**
 * The events that webhooks can be notified of.
 *
 * <p>Knows the master's values (experiments, states) and nothing else: neither which webhooks an
 * event concerns, nor how it is rendered.
 */
package org.expmaster.webhook.event;
