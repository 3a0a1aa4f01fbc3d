/**
 * What tasks write and trials report: lines of logs, and metrics.
 *
 * <p>They are stored and the listeners are told in one transaction. Knows the database and the
 * calls in {@code listener}. Must not know how plugins are loaded.
 */
package org.expmaster.host.task;
