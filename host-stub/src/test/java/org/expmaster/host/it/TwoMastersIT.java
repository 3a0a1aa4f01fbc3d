package org.expmaster.host.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.expmaster.host.testing.Api;
import org.expmaster.host.testing.MasterProcess;
import org.expmaster.host.testing.TestDatabase;
import org.expmaster.host.testing.Wait;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several masters on one PostgreSQL. */
final class TwoMastersIT {
  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir private Path directory;

  @Test
  void twoMastersShareUsersAndExperimentsAndWhatOneLeavesTheOtherTakesUp() throws Exception {
    Path one = Files.createDirectory(directory.resolve("one"));
    Path two = Files.createDirectory(directory.resolve("two"));
    Map<String, Object> config =
        Map.of("db", Map.of("url", TestDatabase.postgresql().url(), "pool_size", 4));
    try (MasterProcess first = MasterProcess.start(one, config);
        MasterProcess second = MasterProcess.start(two, config)) {
      Api api = first.admin();
      Api other = second.api().withToken(api.token());
      assertEquals(
          api.get("/info").ok().get("cluster_id"), other.get("/info").ok().get("cluster_id"));
      List<Long> experiments = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        experiments.add(api.experiment("entrypoint: sleep 3 && exit 0"));
        experiments.add(other.experiment("entrypoint: exit 1"));
      }
      first.kill();
      try (MasterProcess again = first.restart()) {
        assertEquals(200, again.api().withToken(api.token()).get("/api/v1/me").status());
        for (long id : experiments) {
          String end = experiments.indexOf(id) % 2 == 0 ? "STATE_COMPLETED" : "STATE_ERROR";
          Wait.until(
              () -> "experiment " + id + " is " + other.experimentState(id),
              SOON,
              () -> other.experimentState(id).equals(end));
        }
      }
    }
  }
}
