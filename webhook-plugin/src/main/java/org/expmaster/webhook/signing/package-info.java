/**
 * The signing key, and the headers that prove to a receiver that a body is ours and unchanged.
 *
 * <p>Knows the database, which stores the key. Must not know what is signed. The key leaves this
 * package only for the configuration read-out.
 */
package org.expmaster.webhook.signing;
