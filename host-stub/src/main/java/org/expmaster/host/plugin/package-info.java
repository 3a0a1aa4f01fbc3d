/**
 * Plugins: loading their jars, starting and stopping them, what each is given, and taking it back.
 *
 * <p>A plugin that fails, in whatever way, concerns itself alone: the master says so in one line
 * and runs on. The only room that knows how PF4J is used. Must not know any particular plugin.
 */
package org.expmaster.host.plugin;
