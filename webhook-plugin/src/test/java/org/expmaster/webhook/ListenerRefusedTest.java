package org.expmaster.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.expmaster.plugin.RepeatTransactionException;
import org.expmaster.plugin.model.ExperimentState;
import org.expmaster.webhook.db.Database;
import org.expmaster.webhook.registry.Endpoint;
import org.expmaster.webhook.registry.PayloadForm;
import org.expmaster.webhook.registry.Trigger;
import org.expmaster.webhook.registry.WebhookDraft;
import org.expmaster.webhook.registry.WebhookMode;
import org.expmaster.webhook.registry.WebhookRegistry;
import org.expmaster.webhook.testing.FakeMaster;
import org.expmaster.webhook.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Checks what the plugin throws when the database refuses its rows in the master's transaction. */
final class ListenerRefusedTest {
  private TestDatabase testDatabase;
  private FakeMaster master;

  @BeforeEach
  void start() throws Exception {
    testDatabase = TestDatabase.postgres();
    Database database = testDatabase.open();
    new WebhookRegistry(database, Clock.systemUTC())
        .create(
            new WebhookDraft(
                "",
                Endpoint.at("http://127.0.0.1:9/"),
                PayloadForm.DEFAULT,
                WebhookMode.WORKSPACE,
                OptionalLong.empty(),
                List.of(new Trigger.StateChange(ExperimentState.COMPLETED))),
            1);
    testDatabase.set("lock_timeout = '50ms'");
    master = FakeMaster.start(testDatabase.dataSource(), Clock.systemUTC(), Map.of());
  }

  @AfterEach
  void stop() throws Exception {
    master.close();
    testDatabase.close();
  }

  private void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void whatMaySucceedInAMomentIsForTheMasterToRepeat() throws SQLException {
    try (Connection other = testDatabase.dataSource().getConnection()) {
      other.setAutoCommit(false);
      execute(other, "LOCK TABLE webhooks_event IN ACCESS EXCLUSIVE MODE");
      RepeatTransactionException again =
          assertThrows(RepeatTransactionException.class, () -> master.end(7));
      assertEquals("55P03", ((SQLException) again.getCause()).getSQLState(), again.getMessage());
      other.rollback();
    }
    master.end(7);
  }

  @Test
  void whatWouldBeRefusedAgainIsNot() throws SQLException {
    try (Connection other = testDatabase.dataSource().getConnection()) {
      execute(other, "ALTER TABLE webhooks_event ADD CHECK (experiment_id <> 7)");
    }
    IllegalStateException refused = assertThrows(IllegalStateException.class, () -> master.end(7));
    assertEquals("23514", ((SQLException) refused.getCause()).getSQLState());
  }
}
