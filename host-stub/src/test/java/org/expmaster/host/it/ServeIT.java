package org.expmaster.host.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.expmaster.host.testing.Api;
import org.expmaster.host.testing.MasterProcess;
import org.expmaster.host.testing.Wait;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServeIT {
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir private Path directory;

  @Test
  void anExperimentThatExitsWith3EndsInErrorAndSigtermStopsTheMasterCleanly() throws Exception {
    try (MasterProcess master = MasterProcess.start(directory, Map.of())) {
      Api admin = master.admin();
      long id = admin.experiment("name: fails\nentrypoint: exit 3\n");
      Wait.until("STATE_ERROR", SOON, () -> admin.experimentState(id).equals("STATE_ERROR"));

      assertEquals(0, master.terminate(), master.stderr());
      assertEquals("listening on " + master.url() + "\n", master.stdout());
      // a cleanly closed database leaves no write-ahead log to replay
      assertFalse(Files.exists(directory.resolve("master.db-wal")));
    }
  }

  @Test
  void anExperimentGoesOnAfterItsMasterWasKilled() throws Exception {
    long id;
    try (MasterProcess first = MasterProcess.start(directory, Map.of())) {
      Api admin = first.admin();
      id = admin.experiment("entrypoint: sleep 1 && exit 0\n");
      Wait.until("STATE_RUNNING", SOON, () -> admin.experimentState(id).equals("STATE_RUNNING"));
      first.kill();
      try (MasterProcess second = first.restart()) {
        Api again = second.api().withToken(admin.token());
        Wait.until(
            "STATE_COMPLETED", SOON, () -> again.experimentState(id).equals("STATE_COMPLETED"));
      }
    }
  }

  @Test
  void aMasterWhoseRequiredPluginCannotStartDoesNotComeUpAndSaysWhy() throws Exception {
    Map<String, Object> config =
        Map.of(
            "plugins", Map.of("required", List.of("webhooks")),
            "webhooks", Map.of("lease", "1s"));
    try (MasterProcess master = MasterProcess.launch(directory, config)) {
      assertEquals(2, master.await(SOON), master.stderr());
      assertTrue(
          master
              .stderr()
              .contains(
                  "error: plugins.required names webhooks, which is FAILED: webhooks.lease is 1s"),
          master.stderr());
    }
  }

  @Test
  void thePasswordThatIsMadeAtTheFirstStartIsPrintedOnceAndOpens() throws Exception {
    Map<String, Object> nothingSet =
        Map.of("security", Collections.singletonMap("initial_user_password", null));
    try (MasterProcess first = MasterProcess.start(directory, nothingSet)) {
      String line = first.stdout().lines().findFirst().orElseThrow();
      String made = line.substring(line.lastIndexOf(' ') + 1);
      first.api().login("admin", made);
      first.api().login("determined", made);
      assertFalse(first.stderr().contains(made));
      first.kill();
      try (MasterProcess second = first.restart()) {
        assertFalse(second.stdout().contains("password"), second.stdout());
      }
    }
  }

  @Test
  void anAdminWhoIsLockedOutGetsANewPasswordWhileTheMasterRuns() throws Exception {
    try (MasterProcess master = MasterProcess.start(directory, Map.of())) {
      Api before = master.admin();
      Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
      String config = directory.resolve("master.yaml").toString();
      String made = resetPassword(elsewhere, 0, "--config", config, "admin").trim();
      assertEquals(401, before.get("/api/v1/me").status());
      assertTrue(made.startsWith("the user admin has the password "), made);
      master.api().login("admin", made.substring(made.lastIndexOf(' ') + 1));
      resetPassword(elsewhere, 2, "--config", config, "nobody");
    }
  }

  private static String resetPassword(Path from, int exitCode, String... arguments)
      throws Exception {
    List<String> all = new ArrayList<>(List.of("reset-password"));
    all.addAll(List.of(arguments));
    try (MasterProcess command = MasterProcess.run(from, Map.of(), all)) {
      assertEquals(exitCode, command.await(Duration.ofSeconds(60)), command.stderr());
      return command.stdout();
    }
  }

  @Test
  void whatIsWrongWithAConfigurationIsOneLineAndExitCode2() throws Exception {
    Path misspelt = Files.writeString(directory.resolve("a.yaml"), "port: 1\nprot: 2\n");
    String error = errorOf("serve", "--config", misspelt.toString());
    assertTrue(error.contains("prot is not a setting; valid here: cluster_name, db,"), error);
    String missing = errorOf("serve", "--config", "nowhere.yaml");
    assertEquals("error: there is no configuration file nowhere.yaml\n", missing);
  }

  @Test
  void aDatabaseThatCannotBeReachedIsNamedWithoutItsPassword() throws Exception {
    String config = "db:\n  url: jdbc:postgresql://127.0.0.1:1/x?user=u&password=hunter2\n";
    Path file = Files.writeString(directory.resolve("a.yaml"), config);
    String error = errorOf("serve", "--config", file.toString());
    assertTrue(error.startsWith("error: cannot open the database jdbc:postgresql://127"), error);
    assertFalse(error.contains("hunter2"), error);
  }

  private String errorOf(String... arguments) throws Exception {
    try (MasterProcess master = MasterProcess.run(directory, Map.of(), List.of(arguments))) {
      assertEquals(2, master.await(Duration.ofSeconds(40)));
      assertEquals(1, master.stderr().lines().count(), master.stderr());
      return master.stderr();
    }
  }
}
