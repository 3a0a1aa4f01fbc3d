/**
 * HTTP: one request to one receiver, and how it ended.
 *
 * <p>Vets the address, connects, sends, reads as much of the answer as it needs, and bounds all of
 * it in time and bytes. The only room that knows the HTTP client. Must not know what a delivery is,
 * whether it is tried again, or where it is stored.
 */
package org.expmaster.webhook.http;
