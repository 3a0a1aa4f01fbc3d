/**
 * What to say: an event as the bytes a receiver gets.
 *
 * <p>One renderer a webhook type. Knows events, the types and JSON. Must not know who receives the
 * bytes, nor how they are sent.
 */
package org.expmaster.webhook.payload;
