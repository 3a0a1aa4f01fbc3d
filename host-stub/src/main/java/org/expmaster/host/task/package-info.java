/**
 * Task logs and trial metrics.
 *
 * <p>Storing them and calling the listeners is one transaction. Depends on the database and the
 * calls in {@code listener}. Must not know how plugins are loaded.
 */
package org.expmaster.host.task;
