/**
 * Calls to plugins' listeners inside the master's transactions: behind savepoints, with a
 * connection that cannot end the transaction, and with tasks for after the commit.
 *
 * <p>Must not know what events listeners receive, nor where plugins come from.
 */
package org.expmaster.host.listener;
