/**
 * Stores whether webhooks are failing, paused, disabled or well, and counts ends of attempts.
 *
 * <p>All masters of a database share these. Knows the database. Must not know why an attempt failed
 * or what follows from that: the delivery loop decides, this package stores.
 */
package org.expmaster.webhook.health;
