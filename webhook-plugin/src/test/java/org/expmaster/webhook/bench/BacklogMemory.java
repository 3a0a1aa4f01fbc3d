package org.expmaster.webhook.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.expmaster.webhook.testing.TestDatabase;

/** What delivering out of a backlog needs of memory, in a JVM that has little. */
final class BacklogMemory {
  private static final String HEAP = "-Xmx128m";
  private static final int BODY = 500;
  private static final int SAMPLES = 3;

  private BacklogMemory() {}

  /** The most megabytes alive while delivering out of so many, in a JVM of its own. */
  static double megabytes(String database, int backlog) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                HEAP,
                "-cp",
                System.getProperty("java.class.path"),
                BacklogMemory.class.getName(),
                database,
                Integer.toString(backlog))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String output = new String(process.getInputStream().readAllBytes()).strip();
    if (process.waitFor() != 0) {
      throw new IllegalStateException("with " + HEAP + " it ended with " + process.exitValue());
    }
    return Double.parseDouble(output.substring(output.lastIndexOf('\n') + 1));
  }

  /** In the small JVM: the name of a database, and how much waits. */
  public static void main(String[] args) throws Exception {
    Path directory = Files.createTempDirectory("webhooks-bench");
    Supplier<TestDatabase> fresh =
        args[0].equals("postgres") ? TestDatabase::postgres : () -> TestDatabase.sqlite(directory);
    System.out.println(String.format(Locale.ROOT, "%.2f", alive(fresh.get(), args[1])));
    System.exit(0);
  }

  private static double alive(TestDatabase database, String backlog) throws Exception {
    try (NioReceiver receiver = new NioReceiver(1, 0, 0, number -> {});
        BenchMaster master = new BenchMaster(database, List.of(receiver.url(0)))) {
      master.fill(0, Integer.parseInt(backlog), BODY);
      master.start();
      double most = 0;
      for (int i = 0; i < SAMPLES; i++) {
        // under way, not at the beginning of it
        Rates.perSecond(receiver::answered, 0, 500);
        System.gc();
        most = Math.max(most, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
      }
      if (receiver.answered() == 0) {
        throw new IllegalStateException("nothing was delivered");
      }
      return most / (1 << 20);
    }
  }
}
