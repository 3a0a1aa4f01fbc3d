/**
 * Where requests may go: hosts as URLs write them, the addresses behind them, and which of those
 * are the operator's own business.
 *
 * <p>Knows the JDK only. Must not know webhooks, settings, nor how a request is sent; nothing in
 * here connects to anything but name servers.
 */
package org.expmaster.webhook.egress;
