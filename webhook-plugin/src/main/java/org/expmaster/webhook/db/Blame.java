package org.expmaster.webhook.db;

/** The cause of a failed transaction, which decides what to do about it. */
public enum Blame {
  /** The database is unreachable, full or read-only: any other transaction would fail as well. */
  DATABASE,
  /** A conflict, a time limit or a lack of memory: the same transaction may succeed later. */
  MOMENT,
  /** What was written or read: the same transaction fails again, another may succeed. */
  STATEMENT
}
