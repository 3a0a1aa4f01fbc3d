/**
 * The plugin SPI: what a master offers its plugins, and what it requires of them.
 *
 * <p>A plugin extends {@link org.expmaster.plugin.MasterPlugin}. The master passes it one {@link
 * org.expmaster.plugin.MasterContext}, through which the plugin reads its settings, reaches the
 * master's database, adds routes and registers background work. The master calls the plugin through
 * extension points: {@link org.expmaster.plugin.ExperimentLifecycleListener}, {@link
 * org.expmaster.plugin.TaskLogListener}, {@link org.expmaster.plugin.MetricListener} and {@link
 * org.expmaster.plugin.MasterConfig}.
 *
 * <p>Unless a type says otherwise, no parameter, return value or record component is null, every
 * method may be called from any thread, and a violated precondition causes a {@link
 * java.lang.NullPointerException} or {@link java.lang.IllegalArgumentException}.
 *
 * <p>This package depends on the JDK, PF4J, SLF4J and Micrometer's API. It must not depend on any
 * plugin, any JSON or database library, or the implementation of a master.
 */
package org.expmaster.plugin;
