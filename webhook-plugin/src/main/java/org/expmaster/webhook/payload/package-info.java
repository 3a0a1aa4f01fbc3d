/**
 * Renders events into the bytes that receivers get: one renderer per webhook type.
 *
 * <p>Knows events, webhook types and JSON. Must not know who receives the bytes, nor how they are
 * sent.
 */
package org.expmaster.webhook.payload;
