/**
 * Experiments: how one is made, how it runs, and how its state changes.
 *
 * <p>{@link org.expmaster.host.experiment.StateChanger} is the heart of the master's promise: a
 * state change, and what listeners write about it, are one commit.
 *
 * <p>Knows the database, workspaces, and the SPI. Must not know how plugins are loaded: it is told
 * who listens.
 */
package org.expmaster.host.experiment;
