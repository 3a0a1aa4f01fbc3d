package org.expmaster.webhook.testing;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.expmaster.plugin.BackgroundExecutor;
import org.expmaster.plugin.ExecutorRegistry;
import org.expmaster.plugin.Experiments;
import org.expmaster.plugin.MasterContext;
import org.expmaster.plugin.MasterTransaction;
import org.expmaster.plugin.Settings;
import org.expmaster.plugin.http.Caller;
import org.expmaster.plugin.http.Routes;
import org.expmaster.plugin.model.Experiment;
import org.expmaster.plugin.model.ExperimentState;
import org.expmaster.plugin.model.ExperimentStateChange;
import org.expmaster.plugin.model.Workspace;
import org.expmaster.webhook.WebhookExtension;
import org.expmaster.webhook.WebhookPlugin;

/** A master without REST that runs the whole plugin. */
public final class FakeMaster implements MasterContext, AutoCloseable {
  private final DataSource dataSource;
  private final Clock clock;
  private final Settings settings;
  private final MeterRegistry meters = new SimpleMeterRegistry();
  private final List<BackgroundExecutor> executors = new ArrayList<>();
  private final WebhookPlugin plugin;

  private FakeMaster(DataSource dataSource, Clock clock, Map<String, Object> webhooks) {
    this.dataSource = dataSource;
    this.clock = clock;
    this.settings = Settings.of(Map.of("webhooks", webhooks));
    this.plugin = new WebhookPlugin(this);
  }

  /**
   * Starts the plugin and its background work.
   *
   * @param webhooks the settings under {@code webhooks}
   */
  public static FakeMaster start(DataSource dataSource, Clock clock, Map<String, Object> webhooks)
      throws Exception {
    FakeMaster master = new FakeMaster(dataSource, clock, webhooks);
    master.plugin.start();
    for (BackgroundExecutor executor : master.executors) {
      executor.start();
    }
    return master;
  }

  /** Completes an experiment: commits with the plugin's rows, then runs the after-commit tasks. */
  public void end(long experimentId) throws SQLException {
    Experiment experiment = Fixtures.experiment(experimentId, ExperimentState.COMPLETED);
    List<Runnable> afterCommit = new ArrayList<>();
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      extension()
          .stateChanged(
              new ExperimentStateChange(experiment, ExperimentState.RUNNING, clock.instant()),
              new Transaction(connection, afterCommit));
      connection.commit();
    }
    afterCommit.forEach(Runnable::run);
  }

  /** Returns the plugin's implementation of the master's extension points. */
  public WebhookExtension extension() {
    return new WebhookExtension(plugin);
  }

  /** Drains the executors without waiting for their work, and stops the plugin. */
  @Override
  public void close() throws InterruptedException {
    for (BackgroundExecutor executor : executors) {
      executor.drain(Duration.ZERO);
    }
    plugin.stop();
  }

  private record Transaction(Connection connection, List<Runnable> tasks)
      implements MasterTransaction {
    @Override
    public Optional<Experiment> experiment(long id) {
      return Optional.of(Fixtures.experiment(id, ExperimentState.RUNNING));
    }

    @Override
    public void afterCommit(Runnable task) {
      tasks.add(task);
    }
  }

  @Override
  public Settings settings() {
    return settings;
  }

  @Override
  public DataSource dataSource() {
    return dataSource;
  }

  @Override
  public Routes routes() {
    return (method, path, access, handler) -> {};
  }

  @Override
  public ExecutorRegistry executors() {
    return executors::add;
  }

  @Override
  public Experiments experiments() {
    return new Experiments() {
      @Override
      public Optional<Experiment> experiment(long id) {
        return Optional.empty();
      }

      @Override
      public Optional<Experiment> experiment(long id, Caller caller) {
        return Optional.empty();
      }

      @Override
      public Optional<Workspace> workspace(long id) {
        return Optional.empty();
      }

      @Override
      public List<Workspace> workspaces() {
        return List.of();
      }
    };
  }

  @Override
  public MeterRegistry meters() {
    return meters;
  }

  @Override
  public Clock clock() {
    return clock;
  }
}
