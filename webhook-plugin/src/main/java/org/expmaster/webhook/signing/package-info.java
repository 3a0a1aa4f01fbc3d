/**
 * Proof: the signing key, and the headers that show a receiver that a body is ours and unchanged.
 *
 * <p>Knows the database, where the key is kept. Must not know what is signed. The key leaves this
 * room only for the configuration read-out.
 */
package org.expmaster.webhook.signing;
