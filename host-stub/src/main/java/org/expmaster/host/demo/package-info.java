/**
 * A demonstration: someone who uses a master over HTTP alone, and a receiver that checks what it is
 * sent.
 *
 * <p>Knows a master's address and a password. Must not know the master's inside.
 */
package org.expmaster.host.demo;
