/**
 * Access to the master's database: which product it is, the migration of the plugin's tables, the
 * differences between SQL dialects, the repetition of transactions if the database asks for it, and
 * the common time of all masters of a database.
 *
 * <p>Knows Jdbi and Flyway. Must not know what the tables are for, except for the row of the clock.
 */
package org.expmaster.webhook.db;
