/**
 * What the operator wrote: the YAML file, its check, its defaults, and how it is shown again.
 *
 * <p>Knows the SPI's {@link org.expmaster.plugin.Settings} and a YAML reader. Must not know what
 * the settings are used for, and looks into no section that belongs to a plugin.
 */
package org.expmaster.host.config;
