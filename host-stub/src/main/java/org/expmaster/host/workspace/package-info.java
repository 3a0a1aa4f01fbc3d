/**
 * Where experiments live: workspaces, and the projects in them.
 *
 * <p>Knows the database and the SPI's values. Must not know experiments.
 */
package org.expmaster.host.workspace;
