/**
 * The master's database: the pool, the tables, and how SQLite and PostgreSQL differ.
 *
 * <p>Knows how to open the database. Must not know its contents beyond the table definitions, nor
 * any plugin.
 *
 * <p>SQLite has a pool of one connection, so that writers queue in the pool and not in SQLite.
 * Hence the rule for the whole master: never request a second connection while holding one.
 */
package org.expmaster.host.db;
