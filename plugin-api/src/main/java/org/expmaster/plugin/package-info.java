/**
 * What a master offers its plugins, and what it asks of them.
 *
 * <p>A plugin is a {@link org.expmaster.plugin.MasterPlugin}. The master hands it one {@link
 * org.expmaster.plugin.MasterContext}; through it the plugin reads its settings, reaches the
 * master's database, adds routes and registers background work. What happens in the master reaches
 * the plugin through extension points: {@link org.expmaster.plugin.ExperimentLifecycleListener},
 * {@link org.expmaster.plugin.TaskLogListener}, {@link org.expmaster.plugin.MetricListener} and
 * {@link org.expmaster.plugin.MasterConfig}.
 *
 * <p>Unless a type says otherwise: no parameter, return value or record component is null, every
 * method may be called from any thread, and a violated precondition is a {@link
 * java.lang.NullPointerException} or {@link java.lang.IllegalArgumentException}.
 *
 * <p>This package knows the JDK, PF4J, SLF4J and Micrometer's API. It must not know any plugin, any
 * JSON or database library, nor how a master is built.
 */
package org.expmaster.plugin;
