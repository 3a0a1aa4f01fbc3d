/**
 * Logging and metrics beside the work. The master's log and meters are not the plugin's, and either
 * may throw; the work goes on regardless.
 *
 * <p>Knows SLF4J and Micrometer. Must not know anything about what is logged or counted.
 */
package org.expmaster.webhook.telling;
