package org.expmaster.webhook.bench;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.expmaster.webhook.testing.TestDatabase;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Measures the promised speed, everything in one run. */
public final class Bench {
  private static final int ENDPOINTS = 10;
  private static final int BODY = 500;
  private static final int PORTION = 500;
  private static final int HANGING_BACKLOG = 100_000;

  private final boolean quick;
  private final Path directory;
  private final Map<String, Double> figures = new LinkedHashMap<>();
  private final long start = System.nanoTime();
  private int step;

  private Bench(boolean quick, Path directory) {
    this.quick = quick;
    this.directory = directory;
  }

  /** Runs the benchmark. */
  public static void main(String[] args) throws Exception {
    List<String> arguments = Arrays.asList(args);
    if (arguments.contains("--help")) {
      System.out.println(
          """
          Measures webhook delivery against its own HTTP client and against the original's design,
          on SQLite and PostgreSQL, all in one run; it takes about eight minutes.

            --quick   shorter windows: under four minutes, and noisier
            --help    this text

          Run it with: mvn -q -Pbench -DskipTests verify [-Dbench.quick]
          Its last lines are the figures, one a line: figure NAME VALUE.""");
      return;
    }
    Path directory = Files.createTempDirectory("webhooks-bench");
    new Bench(arguments.contains("--quick"), directory).run();
    System.exit(0); // the embedded PostgreSQL stops with the JVM
  }

  private void run() throws Exception {
    stateChange();
    logs();
    // the first run in a JVM measures its compiler
    say("warm-up, not counted:");
    pipelineRate(() -> TestDatabase.sqlite(directory), 1, 0, 0);
    pipelineRate(TestDatabase::postgres, 1, 0, 0);
    // PostgreSQL's driver has more code to compile
    pipelineRate(TestDatabase::postgres, 1, 0, 0);
    double raw = rawRate(0);
    databases("sqlite", () -> TestDatabase.sqlite(directory), raw);
    databases("postgres", TestDatabase::postgres, raw);
    System.out.println();
    figures.forEach(
        (name, value) ->
            System.out.println(String.format(Locale.ROOT, "figure %-44s %.4g", name, value)));
  }

  /** Measures the cost of a state change, in a JVM that JMH forks. */
  private void stateChange() throws RunnerException {
    say("what a change of state pays, with 0, 10 and 1,000 webhooks");
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("StateChangeBenchmark")
            .forks(1)
            .warmupIterations(seconds(3, 1))
            .warmupTime(TimeValue.milliseconds(quick ? 500 : 1_000))
            .measurementIterations(seconds(5, 1))
            .measurementTime(TimeValue.milliseconds(quick ? 500 : 1_000))
            .verbosity(VerboseMode.SILENT);
    if (quick) {
      options.param("webhooks", "1000");
    }
    for (RunResult result : new Runner(options.build()).run()) {
      String benchmark = result.getPrimaryResult().getLabel();
      String webhooks = result.getParams().getParam("webhooks");
      figure(
          "state_change_" + benchmark + "_us_at_" + webhooks + "_webhooks",
          result.getPrimaryResult().getScore());
    }
  }

  private void logs() throws Exception {
    say("lines of logs through the listener, with 50 patterns");
    LogCost.Lines lines =
        LogCost.lines(
            TestDatabase.sqlite(directory), seconds(8, 1) * 1_000L, seconds(8, 2) * 1_000L);
    figure("log_lines_per_second", lines.linesPerSecond());
    figure("log_heap_grown_mb", lines.megabytesGrown());
    say("a pathological pattern on a line of 30,000 letters");
    figure("log_pathological_to_plain", LogCost.pathologicalToPlain(quick ? 500 : 3_000));
  }

  private void databases(String name, Supplier<TestDatabase> fresh, double raw) throws Exception {
    double healthy = pipelineRate(fresh, 1, 0, 0);
    figure("pipeline_per_second_" + name, healthy);
    figure("pipeline_to_raw_" + name, healthy / raw);
    if (name.equals("postgres")) {
      figure("two_masters_to_one_" + name, pipelineRate(fresh, 2, 0, 0) / healthy);
    }
    double hanging = pipelineRate(fresh, 1, 1, 0);
    // nine of ten endpoints still answer fast
    figure("hanging_to_healthy_" + name, hanging / healthy);
    double baseline = baselineRate(fresh, 0, 0);
    figure("pipeline_to_baseline_" + name, healthy / baseline);
    figure("baseline_hanging_to_healthy_" + name, baselineRate(fresh, 1, 0) / baseline);
    double slow = pipelineRate(fresh, 1, 0, 50);
    figure("pipeline_to_baseline_50ms_" + name, slow / baselineRate(fresh, 0, 50));
    for (int rate : new int[] {100, 1_000}) {
      int events = rate * (rate == 100 ? seconds(8, 1) : seconds(8, 2));
      say("commit to receipt at " + rate + "/s on " + name);
      Latencies.Percentiles latency = Latencies.measure(fresh.get(), rate, events);
      String at = rate == 1_000 ? name : "at_" + rate + "_per_second_" + name;
      figure("commit_to_receipt_p50_ms_" + at, latency.p50());
      figure("commit_to_receipt_p99_ms_" + at, latency.p99());
    }
    say("an event beside two open pages of a webhook with 300,000 deliveries on " + name);
    figure(
        "event_p90_beside_pages_to_alone_" + name,
        PageCost.ratio(fresh.get(), seconds(8, 2) * 500));
    double[] claim = new double[3];
    int[] backlogs = {1_000, 100_000, 1_000_000};
    for (int i = 0; i < backlogs.length; i++) {
      say("claims out of a backlog of " + backlogs[i] + " on " + name);
      claim[i] = ClaimCost.millis(fresh.get(), backlogs[i]);
      figure("claim_ms_at_" + backlogs[i] + "_" + name, claim[i]);
    }
    figure("claim_1m_to_100k_" + name, claim[2] / claim[1]);
    say("memory while delivering out of a backlog on " + name);
    BacklogMemory.Megabytes alive = BacklogMemory.measure(name);
    figure("alive_mb_with_1m_waiting_" + name, alive.much());
    figure("memory_1m_to_50k_" + name, alive.much() / alive.little());
  }

  private double rawRate(long delay) throws Exception {
    say("raw client" + (delay == 0 ? "" : ", receiver takes " + delay + " ms"));
    try (NioReceiver receiver = new NioReceiver(ENDPOINTS, 0, delay, number -> {})) {
      RawClient client =
          new RawClient(urls(receiver), BenchMaster.PER_WEBHOOK, BenchMaster.body(BODY));
      double rate = rate(receiver, false);
      client.close();
      figure("raw_per_second", rate);
      return rate;
    }
  }

  private double pipelineRate(Supplier<TestDatabase> fresh, int masters, int hanging, long delay)
      throws Exception {
    say("pipeline, " + masters + " master(s)" + described(hanging, delay));
    try (NioReceiver receiver = new NioReceiver(ENDPOINTS, hanging, delay, number -> {});
        BenchMaster master = new BenchMaster(fresh.get(), urls(receiver))) {
      fill(master, hanging, delay > 0 ? 2 : 10);
      for (int i = 0; i < masters; i++) {
        master.start();
      }
      return rate(receiver, delay > 0);
    }
  }

  private double baselineRate(Supplier<TestDatabase> fresh, int hanging, long delay)
      throws Exception {
    say("the original's design" + described(hanging, delay));
    try (NioReceiver receiver = new NioReceiver(ENDPOINTS, hanging, delay, number -> {});
        BenchMaster master = new BenchMaster(fresh.get(), urls(receiver))) {
      fill(master, hanging, delay > 0 ? 1 : 5);
      Baseline baseline = new Baseline(master);
      double rate = rate(receiver, delay > 0 || hanging > 0);
      baseline.close();
      return rate;
    }
  }

  /** Enqueues enough for every endpoint's warm-up and window, alternating as events do. */
  private void fill(BenchMaster master, int hanging, int portionsASecond) throws Exception {
    int portions = portionsASecond * seconds(20, 5);
    for (int portion = 0; portion < portions; portion++) {
      for (int endpoint = 0; endpoint < ENDPOINTS; endpoint++) {
        master.fill(endpoint, PORTION, BODY);
      }
    }
    for (int endpoint = ENDPOINTS - hanging; endpoint < ENDPOINTS; endpoint++) {
      master.fill(endpoint, HANGING_BACKLOG, BODY);
    }
  }

  /**
   * @param steady whether the receiver limits the rate, so that a short measurement is enough
   */
  private double rate(NioReceiver receiver, boolean steady) throws InterruptedException {
    return Rates.perSecond(
        receiver::answered,
        seconds(12, steady ? 1 : 3) * 1_000L,
        seconds(8, steady ? 1 : 2) * 1_000L);
  }

  private static List<URI> urls(NioReceiver receiver) {
    List<URI> urls = new ArrayList<>();
    for (int i = 0; i < ENDPOINTS; i++) {
      urls.add(receiver.url(i));
    }
    return urls;
  }

  private int seconds(int full, int inAHurry) {
    return quick ? inAHurry : full;
  }

  private static String described(int hanging, long delay) {
    return (hanging == 0 ? "" : ", " + hanging + " of " + ENDPOINTS + " endpoints hang")
        + (delay == 0 ? "" : ", receiver takes " + delay + " ms");
  }

  private void say(String what) {
    Duration since = Duration.ofNanos(System.nanoTime() - start);
    System.out.println(
        String.format("[%d] %d:%02d %s", ++step, since.toMinutes(), since.toSecondsPart(), what));
  }

  private void figure(String name, double value) {
    figures.put(name, value);
    System.out.println(String.format(Locale.ROOT, "      %s %.4g", name, value));
  }
}
