/**
 * The plugin's side of the master's database: which one it is, how its tables come to be, the few
 * things the two databases say differently, transactions that are repeated where the database asks
 * for it, and the time that all masters of a database go by.
 *
 * <p>Knows Jdbi and Flyway. Must not know what the tables are for, beyond the row of the clock.
 */
package org.expmaster.webhook.db;
