package org.expmaster.webhook.db;

/** The cause of a failed transaction, which decides how the failure is handled. */
public enum Blame {
  /** The database is unreachable, full or read-only: any other transaction would fail as well. */
  DATABASE,
  /** A conflict, a time limit or a lack of memory: the same transaction may succeed later. */
  MOMENT,
  /** The statement or its values: the same transaction would fail again, another may succeed. */
  STATEMENT
}
