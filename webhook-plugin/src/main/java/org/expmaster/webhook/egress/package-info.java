/**
 * Decides where requests may go: hosts as written in URLs, the addresses behind them, and which
 * addresses are off limits because they belong to the operator's own machines and networks.
 *
 * <p>Knows the JDK and the log. Must not know webhooks, settings, or how a request is sent; nothing
 * here connects to anything but name servers.
 */
package org.expmaster.webhook.egress;
