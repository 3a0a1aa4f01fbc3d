package org.expmaster.webhook.publish;

import static org.expmaster.webhook.publish.OncePublishing.TRIAL;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.expmaster.plugin.MasterTransaction;
import org.expmaster.plugin.model.Experiment;
import org.expmaster.webhook.registry.Trigger;
import org.expmaster.webhook.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What matches nothing, or has fired, asks the database for nothing; tested on every database. */
abstract class OncePublisherCostContract {
  private OncePublishing once;

  abstract TestDatabase fresh();

  @BeforeEach
  void open() {
    once = new OncePublishing(fresh());
  }

  @AfterEach
  void close() {
    once.close();
  }

  @Test
  void linesThatMatchNothingAskTheTransactionForNothing() {
    once.webhook(OptionalLong.empty(), new Trigger.TaskLog("error"));
    once.publisher.publishLines(once.lines(TRIAL, "fine", "all is well"), new Untouched());
    once.publisher.publishMetrics(List.of(once.acc(1)), new Untouched());
  }

  @Test
  void aLogThatGoesOnMatchingAsksTheDatabaseOnce() throws SQLException {
    once.webhook(OptionalLong.empty(), new Trigger.TaskLog("error"));
    once.commit(
        transaction -> once.publisher.publishLines(once.lines(TRIAL, "error"), transaction));
    once.publisher.publishLines(
        once.lines(TRIAL, "error again", "and error again"), new Untouched());
  }

  @Test
  void aLogThatGoesOnMatchingForAnotherWorkspaceAsksOnceInAWhile() throws SQLException {
    once.webhook(OptionalLong.of(99), new Trigger.TaskLog("error"));
    once.commit(
        transaction -> once.publisher.publishLines(once.lines(TRIAL, "error"), transaction));
    once.publisher.publishLines(once.lines(TRIAL, "error again"), new Untouched());
    assertEquals(List.of(), once.bodies());

    // an edit takes effect at once
    once.webhook(OptionalLong.of(1), new Trigger.TaskLog("error"));
    once.commit(
        transaction -> once.publisher.publishLines(once.lines(TRIAL, "error"), transaction));
    assertEquals(1, once.bodies().size());
  }

  /** A transaction that must not be used. */
  private static final class Untouched implements MasterTransaction {
    @Override
    public Connection connection() {
      throw new AssertionError("the connection was asked for");
    }

    @Override
    public Optional<Experiment> experiment(long id) {
      throw new AssertionError("an experiment was asked for");
    }

    @Override
    public void afterCommit(Runnable task) {
      throw new AssertionError("the end was asked for");
    }
  }
}
