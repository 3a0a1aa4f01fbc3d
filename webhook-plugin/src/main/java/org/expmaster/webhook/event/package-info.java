/**
 * What happened: the events a webhook can be told of.
 *
 * <p>Knows the master's values (experiments, states) and nobody else: not who wants to hear of an
 * event, nor in which words.
 */
package org.expmaster.webhook.event;
