/**
 * Plugins: loading their jars, starting and stopping them, what each is given, and revoking it.
 *
 * <p>A plugin that fails, in whatever way, affects only itself: the master logs one line and keeps
 * running. The only package that knows how PF4J is used. Must not know any particular plugin.
 */
package org.expmaster.host.plugin;
