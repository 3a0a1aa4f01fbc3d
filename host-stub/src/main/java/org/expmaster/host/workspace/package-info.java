/**
 * Workspaces and the projects in them, to which experiments belong, and the roles that users have
 * in a workspace.
 *
 * <p>Depends on the database, the SPI's values and its question of permissions. Must not know
 * experiments.
 */
package org.expmaster.host.workspace;
