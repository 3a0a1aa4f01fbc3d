/** Webhooks. */
package org.expmaster.webhook;
