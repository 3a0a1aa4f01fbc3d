package org.expmaster.webhook.audit;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import org.expmaster.webhook.db.Along;

/** What somebody is about to do, to be written together with the change. */
public final class Act implements Along {
  final long userId;
  final String username;
  final Action action;
  final String detail;
  private final Clock clock;

  Act(long userId, String username, Action action, String detail, Clock clock) {
    this.userId = userId;
    this.username = username;
    this.action = action;
    this.detail = detail;
    this.clock = clock;
  }

  @Override
  public void write(Connection connection, long webhookId) throws SQLException {
    AuditStore.insert(connection, this, webhookId, clock.instant());
  }
}
