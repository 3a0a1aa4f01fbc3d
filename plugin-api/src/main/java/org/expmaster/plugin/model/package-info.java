/**
 * Values that a master and its plugins exchange, such as experiments, their states and workspaces.
 *
 * <p>Immutable records, validated on creation. This package depends on the JDK only.
 */
package org.expmaster.plugin.model;
