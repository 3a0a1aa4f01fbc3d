/**
 * The operator's configuration: the YAML file, its validation, its defaults, and how it is shown.
 *
 * <p>Depends on the SPI's {@link org.expmaster.plugin.Settings} and a YAML reader. Must not know
 * what the settings are used for, and does not read sections that belong to plugins.
 */
package org.expmaster.host.config;
