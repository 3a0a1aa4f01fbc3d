/**
 * Renders events into the bytes that receivers get: one renderer per webhook type. Each also says
 * what the services that take its bytes are known to answer, and what that means.
 *
 * <p>Knows events, webhook types, JSON and the services' error codes. Must not know who receives
 * the bytes, nor how they are sent.
 */
package org.expmaster.webhook.payload;
