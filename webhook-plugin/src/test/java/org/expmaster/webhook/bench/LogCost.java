package org.expmaster.webhook.bench;

import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.expmaster.plugin.MasterTransaction;
import org.expmaster.plugin.model.Experiment;
import org.expmaster.plugin.model.ExperimentState;
import org.expmaster.plugin.model.Task;
import org.expmaster.plugin.model.TaskLogLine;
import org.expmaster.webhook.WebhookExtension;
import org.expmaster.webhook.expression.LogRegex;
import org.expmaster.webhook.registry.Endpoint;
import org.expmaster.webhook.registry.PayloadForm;
import org.expmaster.webhook.registry.RequestHeaders;
import org.expmaster.webhook.registry.Trigger;
import org.expmaster.webhook.registry.WebhookDraft;
import org.expmaster.webhook.registry.WebhookMode;
import org.expmaster.webhook.registry.WebhookRegistry;
import org.expmaster.webhook.testing.FakeMaster;
import org.expmaster.webhook.testing.Fixtures;
import org.expmaster.webhook.testing.TestDatabase;

/** Measures the cost of log triggers: lines through the plugin's listener, with fifty patterns. */
final class LogCost {
  private static final int THREADS = 2;
  private static final int PATTERNS = 50;
  private static final int BATCH = 500;

  /** Batches per task; the next task may fire every trigger again. */
  private static final int BATCHES_OF_A_TASK = 1_000;

  private static final int LONG_LINE = 30_000;

  private LogCost() {}

  /**
   * @param linesPerSecond lines of about a hundred letters that two threads process
   * @param megabytesGrown growth of the heap in use during the measurement, in megabytes
   */
  record Lines(double linesPerSecond, double megabytesGrown) {}

  static Lines lines(TestDatabase database, long warmUpMillis, long windowMillis) throws Exception {
    try (NioReceiver receiver = new NioReceiver(1, 0, 0, number -> {});
        TestDatabase open = database) {
      WebhookRegistry registry = new WebhookRegistry(open.open(), Clock.systemUTC());
      for (String pattern : patterns()) {
        registry.create(draft(receiver.url(0), pattern), 1);
      }
      try (FakeMaster master =
          FakeMaster.start(
              open.dataSource(),
              Clock.systemUTC(),
              Map.of("allowed_networks", List.of("127.0.0.0/8")))) {
        return measure(master.extension(), open, warmUpMillis, windowMillis);
      }
    }
  }

  private static Lines measure(
      WebhookExtension listener, TestDatabase database, long warmUpMillis, long windowMillis)
      throws Exception {
    AtomicLong taken = new AtomicLong();
    AtomicBoolean enough = new AtomicBoolean();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      String name = "logs-" + i;
      Thread thread =
          new Thread(
              () -> {
                try {
                  write(name, listener, database, taken, enough);
                } catch (SQLException | RuntimeException failed) {
                  failure.set(failed);
                }
              },
              name);
      thread.start();
      threads.add(thread);
    }
    TimeUnit.MILLISECONDS.sleep(warmUpMillis);
    double before = heapInUse();
    double rate = Rates.perSecond(taken::get, 0, windowMillis);
    double after = heapInUse();
    enough.set(true);
    for (Thread thread : threads) {
      thread.join();
    }
    if (failure.get() != null) {
      throw new IllegalStateException(failure.get());
    }
    return new Lines(rate, after - before);
  }

  private static double heapInUse() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return (runtime.totalMemory() - runtime.freeMemory()) / 1e6;
  }

  private static void write(
      String name,
      WebhookExtension listener,
      TestDatabase database,
      AtomicLong taken,
      AtomicBoolean enough)
      throws SQLException {
    for (long batch = 0; !enough.get(); batch++) {
      OptionalLong experiment = OptionalLong.of(1);
      Task task = new Task(name + "." + batch / BATCHES_OF_A_TASK, "TRIAL", experiment, experiment);
      List<TaskLogLine> lines = new ArrayList<>(BATCH);
      for (int i = 0; i < BATCH; i++) {
        lines.add(new TaskLogLine(task, "node-1", text(batch * BATCH + i), Instant.EPOCH));
      }
      Transaction transaction = new Transaction(database);
      listener.logged(lines, transaction);
      transaction.commit();
      taken.addAndGet(BATCH);
    }
  }

  /** Returns a line; one in a thousand matches a pattern. */
  private static String text(long number) {
    return number % 1_000 == 999
        ? "[rank=3] RuntimeError: CUDA error: device-side assert triggered, in layer 17 of 96"
        : "[2026-03-01T12:00:00.123Z] [rank=3] || INFO: trial 17 step "
            + number
            + ", loss 0.2731, accuracy 0.914, 1822 samples/s";
  }

  /** Patterns as users write them: most hold literal text, some ignore case, two hold none. */
  private static List<String> patterns() {
    List<String> patterns = new ArrayList<>();
    patterns.addAll(
        List.of(
            "CUDA error",
            ".*CUDA out of memory.*",
            "(?i)segmentation fault",
            "(?i)(connection|broken) (refused|pipe)",
            "RuntimeError: .* assert",
            "^Traceback",
            "loss[:=] *nan",
            "(a+)+$",
            "\\d{9}",
            "^\\s*$"));
    for (int i = patterns.size(); i < PATTERNS; i++) {
      patterns.add((i % 3 == 0 ? "(?i)" : "") + "failure of kind " + i + " at \\w+:\\d+");
    }
    return patterns;
  }

  private static WebhookDraft draft(URI url, String pattern) {
    return new WebhookDraft(
        "",
        new Endpoint(url, RequestHeaders.NONE),
        PayloadForm.DEFAULT,
        WebhookMode.WORKSPACE,
        OptionalLong.empty(),
        List.of(new Trigger.TaskLog(pattern)));
  }

  /**
   * Returns the cost of a pattern with nested repeats on a line made for it, relative to a plain
   * pattern that must read the line to its end as well.
   */
  static double pathologicalToPlain(int rounds) {
    String line = "b" + "a".repeat(LONG_LINE) + "!";
    LogRegex pathological = LogRegex.compile("(a+)+$");
    LogRegex plain = LogRegex.compile("b.*a$");
    nanos(pathological, line, rounds);
    nanos(plain, line, rounds);
    return nanos(pathological, line, rounds) / nanos(plain, line, rounds);
  }

  private static double nanos(LogRegex regex, String line, int rounds) {
    long start = System.nanoTime();
    for (int i = 0; i < rounds; i++) {
      if (regex.find(line)) {
        throw new IllegalStateException("it must not match");
      }
    }
    return System.nanoTime() - start;
  }

  /** A master's transaction that begins when first needed. */
  private static final class Transaction implements MasterTransaction {
    private final TestDatabase database;
    private final List<Runnable> tasks = new ArrayList<>();
    private Connection connection;

    Transaction(TestDatabase database) {
      this.database = database;
    }

    @Override
    public Connection connection() {
      try {
        if (connection == null) {
          connection = database.dataSource().getConnection();
          connection.setAutoCommit(false);
        }
        return connection;
      } catch (SQLException failed) {
        throw new IllegalStateException(failed);
      }
    }

    @Override
    public Optional<Experiment> experiment(long id) {
      return Optional.of(Fixtures.experiment(id, ExperimentState.RUNNING));
    }

    @Override
    public void afterCommit(Runnable task) {
      tasks.add(task);
    }

    void commit() throws SQLException {
      if (connection != null) {
        connection.commit();
        connection.close();
        tasks.forEach(Runnable::run);
      }
    }
  }
}
