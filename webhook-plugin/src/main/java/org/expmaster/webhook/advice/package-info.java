/**
 * Says in words what a failure means and what to do about it: the form of such advice, and the
 * advice for each HTTP status.
 *
 * <p>Knows what the plugin does after each status. Must not know how a request is sent, nor any
 * single service: what is known of those stands in {@code http} and {@code payload}.
 */
package org.expmaster.webhook.advice;
