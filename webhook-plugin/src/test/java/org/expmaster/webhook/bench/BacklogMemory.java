package org.expmaster.webhook.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.expmaster.webhook.testing.TestDatabase;

/** Measures the memory that delivering from a backlog takes, in a JVM with a small heap. */
final class BacklogMemory {
  private static final String HEAP = "-Xmx128m";
  private static final int BODY = 500;
  private static final int SAMPLES = 3;
  private static final int LITTLE = 50_000;
  private static final int MUCH = 1_000_000;

  private BacklogMemory() {}

  /** Maximum live heap in megabytes while delivering from a small and a large backlog. */
  record Megabytes(double little, double much) {}

  /** Measures in a separate JVM. */
  static Megabytes measure(String database) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                HEAP,
                "-cp",
                System.getProperty("java.class.path"),
                BacklogMemory.class.getName(),
                database)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<String> lines = process.inputReader().lines().toList();
    if (process.waitFor() != 0) {
      throw new IllegalStateException("with " + HEAP + " it ended with " + process.exitValue());
    }
    int end = lines.size();
    return new Megabytes(
        Double.parseDouble(lines.get(end - 2)), Double.parseDouble(lines.get(end - 1)));
  }

  /** Runs in the separate JVM, with the name of a database as its argument. */
  public static void main(String[] args) throws Exception {
    Path directory = Files.createTempDirectory("webhooks-bench");
    try (NioReceiver receiver = new NioReceiver(1, 0, 0, number -> {});
        BenchMaster master =
            new BenchMaster(
                args[0].equals("postgres")
                    ? TestDatabase.postgres()
                    : TestDatabase.sqlite(directory),
                List.of(receiver.url(0)))) {
      master.fill(0, LITTLE, BODY);
      master.start();
      double little = alive(receiver);
      master.fill(0, MUCH, BODY);
      master.announce(master.webhook(0));
      double much = alive(receiver);
      System.out.println(String.format(Locale.ROOT, "%.2f%n%.2f", little, much));
    }
    System.exit(0);
  }

  private static double alive(NioReceiver receiver) throws InterruptedException {
    double most = 0;
    for (int i = 0; i < SAMPLES; i++) {
      // measures while deliveries are under way, not before the first
      if (Rates.perSecond(receiver::answered, 0, 300) == 0) {
        throw new IllegalStateException("nothing was delivered");
      }
      System.gc();
      most = Math.max(most, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return most / (1 << 20);
  }
}
