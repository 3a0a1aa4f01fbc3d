/**
 * The plugin's side of the master's database: which one it is, how its tables come to be, and the
 * few things the two databases say differently.
 *
 * <p>Knows Jdbi and Flyway. Must not know what the tables are for.
 */
package org.expmaster.webhook.db;
