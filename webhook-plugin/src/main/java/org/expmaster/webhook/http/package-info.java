/**
 * Sends one request to one receiver over HTTP, and reports how it ended.
 *
 * <p>Checks the address, connects, sends, reads as much of the response as it needs, and limits all
 * of it in time and bytes. The only package that knows the HTTP client. Must not know what a
 * delivery is, whether it is retried, or where it is stored.
 */
package org.expmaster.webhook.http;
