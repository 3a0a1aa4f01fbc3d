/**
 * Workspaces and the projects in them, to which experiments belong.
 *
 * <p>Depends on the database and the SPI's values. Must not know experiments.
 */
package org.expmaster.host.workspace;
