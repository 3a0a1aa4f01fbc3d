/**
 * Experiments: how they are created, how they run, and how their states change.
 *
 * <p>{@link org.expmaster.host.experiment.StateChanger} keeps the master's central guarantee: a
 * state change and what listeners write about it commit together.
 *
 * <p>Depends on the database, workspaces and the SPI. Must not know how plugins are loaded: it is
 * given the listeners.
 */
package org.expmaster.host.experiment;
