package org.expmaster.host.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.expmaster.host.testing.MasterProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DemoIT {
  private static final Pattern LINE =
      Pattern.compile(
          "\\[\\d/8] experiment \\d \".*\" +(COMPLETED|ERROR) +-> delivered in \\d+ ms,"
              + " signature verified");

  @TempDir private Path directory;

  private MasterProcess demo(String plugins) throws Exception {
    List<String> arguments = List.of("demo", "--exit", "--plugins", plugins);
    return MasterProcess.run(directory, Map.of(), arguments);
  }

  @Test
  void everyExperimentIsSeenToBeDeliveredAndTheDemonstrationEndsWith0() throws Exception {
    try (MasterProcess demo = demo(System.getProperty("plugins.dir"))) {
      assertEquals(0, demo.await(Duration.ofSeconds(90)), demo.stdout() + demo.stderr());
      assertEquals(8, demo.stdout().lines().filter(LINE.asMatchPredicate()).count(), demo.stdout());
      assertTrue(demo.stdout().endsWith("all 8 arrived, every signature verified\n"));
      assertEquals("", demo.stderr());
    }
  }

  @Test
  void withoutTheWebhookPluginItSaysSoAndEndsWith1() throws Exception {
    try (MasterProcess demo = demo("nowhere")) {
      assertEquals(1, demo.await(Duration.ofSeconds(60)));
      assertTrue(demo.stdout().contains("none of them answers /api/v1/webhooks"), demo.stdout());
      assertTrue(demo.stderr().contains("there is no plugins directory"), demo.stderr());
    }
  }
}
