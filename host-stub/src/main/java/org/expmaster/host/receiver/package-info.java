/**
 * A receiver for trying webhooks out: it verifies and prints deliveries, and answers as told.
 *
 * <p>Knows the signatures of a delivery and a list of keys. Must not know a master. Never prints a
 * key, nor a header that may hold a secret.
 */
package org.expmaster.host.receiver;
