/**
 * What the master says of itself: its name and version, its configuration, its plugins.
 *
 * <p>Reads what other rooms report. Must not change anything.
 */
package org.expmaster.host.info;
