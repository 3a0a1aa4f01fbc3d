package org.expmaster.host;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.expmaster.host.testing.Api;
import org.expmaster.host.testing.InProcess;
import org.expmaster.host.testing.MasterProcess;

/** A master without plugins in this process, and those who call its API. */
final class ApiMaster implements AutoCloseable {
  static final String METRICS_TOKEN = "a-token-of-a-scraper";
  final Api nobody;
  final Api admin;
  final Api user;
  private final Master master;

  ApiMaster(Path directory) throws Exception {
    Map<String, Object> more =
        Map.of(
            "cluster_name",
            "north",
            "security",
            Map.of(
                "initial_user_password",
                MasterProcess.PASSWORD,
                "password_iterations",
                1_000,
                "metrics_token",
                METRICS_TOKEN),
            "webhooks",
            Map.of("signing_key", "not to be seen", "max_in_flight", 7));
    master = InProcess.master(directory, directory.resolve("no-plugins"), more);
    nobody = Api.of(URI.create(master.url()));
    admin = nobody.login("admin", MasterProcess.PASSWORD);
    user = nobody.login("determined", MasterProcess.PASSWORD);
  }

  static void assertRequired(JsonNode json, String... fields) {
    for (String field : fields) {
      assertTrue(json.has(field), field + " in " + json);
    }
  }

  @Override
  public void close() {
    master.close();
  }
}
