/**
 * What the master reports about itself: its name and version, its configuration, its plugins.
 *
 * <p>Reads what other packages report. Must not change anything.
 */
package org.expmaster.host.info;
