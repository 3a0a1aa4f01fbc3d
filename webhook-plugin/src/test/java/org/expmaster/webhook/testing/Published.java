package org.expmaster.webhook.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Published libraries that judge what we write, run in Node.js by {@code docs/validate}. */
public final class Published {
  /** The script's exit code when npm's registry does not answer. */
  private static final int NOT_REACHED = 3;

  /** Its exit code when Node.js is too old. */
  private static final int TOO_OLD = 4;

  private Published() {}

  /**
   * What the libraries say.
   *
   * @param status 0 if everything is right, 1 if something is wrong
   * @param output what is wrong
   */
  public record Judged(int status, String output) {}

  /** Has a file judged; skips the test if the libraries cannot be had. */
  public static Judged judge(String what, Path file) throws Exception {
    for (String tool : List.of("node", "npm")) {
      provided(Tools.isInstalled(tool), "there is no " + tool);
    }
    Judged judged = run(what, file);
    // skipped even in CI: nothing that could be installed here would help
    assumeTrue(judged.status != NOT_REACHED, "the libraries were not asked: " + judged.output);
    provided(judged.status != TOO_OLD, judged.output);
    assertTrue(judged.status <= 1, judged.output);
    return judged;
  }

  /** Runs the script, one at a time: test classes run in several processes, and it may install. */
  private static Judged run(String what, Path file) throws Exception {
    try (FileChannel lock =
            FileChannel.open(
                Path.of("target", "validate.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock held = lock.lock()) {
      Process process =
          new ProcessBuilder(
                  "node",
                  Path.of("..", "docs", "validate", "validate.mjs").toString(),
                  Path.of("target", "validate").toString(),
                  what,
                  file.toString())
              .redirectErrorStream(true)
              .start();
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      return new Judged(process.waitFor(), output);
    }
  }

  private static void provided(boolean available, String otherwise) {
    String why = "the libraries were not asked: " + otherwise;
    if (!available && "true".equals(System.getenv("CI"))) {
      fail(why);
    }
    assumeTrue(available, why);
  }
}
