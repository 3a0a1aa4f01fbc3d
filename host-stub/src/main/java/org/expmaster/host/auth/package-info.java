/**
 * Authentication: users, their passwords, and the session tokens of logged-in users.
 *
 * <p>Depends on the database and the SPI's HTTP values. Must not know experiments, plugins or the
 * server.
 */
package org.expmaster.host.auth;
