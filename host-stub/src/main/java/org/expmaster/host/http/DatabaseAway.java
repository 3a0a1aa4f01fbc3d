package org.expmaster.host.http;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;

/**
 * Recognizes failures, of the master or of a plugin, that are caused by an unreachable database.
 * Such a failure is no bug, and passes.
 */
final class DatabaseAway {
  private static final String CONNECTION_EXCEPTION = "08";

  /**
   * PostgreSQL's own states: shutdown, crash, start-up, too many connections, and a read-only
   * transaction, as on a standby until it is promoted.
   */
  private static final Set<String> STATES = Set.of("57P01", "57P02", "57P03", "53300", "25006");

  private static final int DEEPEST = 50;

  private DatabaseAway() {}

  static boolean isBehind(Throwable failure) {
    int depth = 0;
    for (Throwable e = failure; e != null && depth < DEEPEST; e = e.getCause(), depth++) {
      if (e instanceof SQLException sql && isAway(sql)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isAway(SQLException e) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    return e instanceof SQLTransientConnectionException
        || e instanceof SQLNonTransientConnectionException
        || e instanceof SQLRecoverableException
        || state.startsWith(CONNECTION_EXCEPTION)
        || STATES.contains(state);
  }
}
