/**
 * The demonstration: a client that uses a master over HTTP only, and a receiver that verifies
 * deliveries.
 *
 * <p>Knows a master's address and a password. Must not know the master's internals.
 */
package org.expmaster.host.demo;
