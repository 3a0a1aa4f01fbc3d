/**
 * Who may come in: users, their passwords, and the tokens of those logged in.
 *
 * <p>Knows the database and the SPI's HTTP values. Must not know experiments, plugins, or the
 * server.
 */
package org.expmaster.host.auth;
