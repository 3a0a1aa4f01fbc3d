/**
 * Calls to plugins' listeners inside the master's transactions: behind savepoints, with a
 * connection that cannot end the transaction, and with what is to be done after the commit.
 *
 * <p>Must not know what listeners are told of, nor where plugins come from.
 */
package org.expmaster.host.listener;
