package org.expmaster.webhook.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.OptionalLong;
import org.expmaster.plugin.model.ExperimentState;
import org.expmaster.webhook.db.Database;
import org.expmaster.webhook.testing.TestDatabase;
import org.expmaster.webhook.testing.TurnableClock;
import org.expmaster.webhook.testing.WatchedDataSource;

/** The registries of several masters over one database. */
final class Registries implements AutoCloseable {
  static final List<Trigger> TRIGGERS =
      List.of(
          new Trigger.StateChange(ExperimentState.COMPLETED),
          new Trigger.StateChange(ExperimentState.ERROR),
          new Trigger.StateChange(ExperimentState.CANCELED),
          new Trigger.TaskLog("a+"),
          new Trigger.TaskLog("b+"));

  final WatchedDataSource watched;
  final Database database;
  private final TestDatabase testDatabase;

  Registries(TestDatabase testDatabase) throws Exception {
    this.testDatabase = testDatabase;
    watched = new WatchedDataSource(testDatabase.dataSource());
    database = Database.open(watched.dataSource());
  }

  /** Returns the registry of another master. */
  WebhookRegistry another() {
    return new WebhookRegistry(database, new TurnableClock());
  }

  long rowsOf(String table) {
    return database
        .jdbi()
        .withHandle(
            handle -> handle.createQuery("SELECT count(*) FROM " + table).mapTo(Long.class).one());
  }

  static WebhookDraft draft(String name, long workspaceId, List<Trigger> triggers) {
    return new WebhookDraft(
        name,
        Endpoint.at("http://receiver.example/" + name.replace(' ', '-')),
        PayloadForm.DEFAULT,
        WebhookMode.WORKSPACE,
        workspaceId == 0 ? OptionalLong.empty() : OptionalLong.of(workspaceId),
        triggers);
  }

  /** Checks that a snapshot that has followed equals one that was read as a whole. */
  static void assertSame(RegistrySnapshot read, RegistrySnapshot followed, String when) {
    assertEquals(List.copyOf(read.byId().values()), List.copyOf(followed.byId().values()), when);
    assertEquals(read.version(), followed.version(), when);
    for (ExperimentState state : ExperimentState.values()) {
      assertEquals(read.triggeredBy(state), followed.triggeredBy(state), when + " for " + state);
    }
  }

  @Override
  public void close() {
    testDatabase.close();
  }
}
