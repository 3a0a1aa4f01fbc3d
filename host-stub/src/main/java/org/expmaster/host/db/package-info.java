/**
 * The master's database: the pool, the tables, and what differs between SQLite and PostgreSQL.
 *
 * <p>Knows how to open it. Must not know what is kept in it beyond the tables' definitions, nor any
 * plugin.
 *
 * <p>SQLite has a pool of one connection, so that writers queue in the pool rather than in SQLite.
 * Hence the rule of the whole master: never ask for a second connection while holding one.
 */
package org.expmaster.host.db;
