/**
 * How each webhook is doing: failing, paused, disabled, or well.
 *
 * <p>Shared by all masters of a database. Knows the database. Must not know why something failed
 * nor what follows from it: the delivery loop decides, this room keeps.
 */
package org.expmaster.webhook.health;
