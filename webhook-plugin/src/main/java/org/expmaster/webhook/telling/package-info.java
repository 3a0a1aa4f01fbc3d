/**
 * What is said beside the work, in the master's log and in its meters. Neither is the plugin's, and
 * either may throw: then the work goes on all the same.
 *
 * <p>Knows SLF4J. Must not know what is told, or of whom.
 */
package org.expmaster.webhook.telling;
