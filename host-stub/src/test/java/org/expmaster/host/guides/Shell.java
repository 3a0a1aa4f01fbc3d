package org.expmaster.host.guides;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.expmaster.host.testing.MasterProcess;
import org.expmaster.host.testing.Tools;

/** Runs commands of a guide as its reader would. */
final class Shell {
  /** What the README tells a reader to define. */
  private static final String PRELUDE =
      """
      set -euo pipefail
      TOKEN=$(curl -sS "$MASTER/api/v1/auth/login" -d "$LOGIN" | jq -r .token)
      api() { curl -sS --fail-with-body -H "Authorization: Bearer $TOKEN" "$MASTER/api/v1/$1" "${@:2}"; }
      """;

  private Shell() {}

  /** Skips the test if a command is missing; with CI it fails. */
  static void assumeInstalled(String... commands) {
    List<String> missing =
        Arrays.stream(commands).filter(command -> Tools.find(command).isEmpty()).toList();
    String why = "not tried: there is no " + String.join(", no ", missing);
    if (!missing.isEmpty() && "true".equals(System.getenv("CI"))) {
      fail(why);
    }
    assumeTrue(missing.isEmpty(), why);
  }

  /** Runs the guide's shell commands, with this URL where it has an example, and checks them. */
  static void run(String guide, MasterProcess master, URI url, Path directory)
      throws IOException, InterruptedException {
    assumeInstalled("bash", "curl", "jq");
    String commands =
        String.join("\n", Docs.blocks(guide, "sh")).replaceAll("(?m)^URL=.*$", "URL=" + url);
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-c", PRELUDE + commands)
            .directory(directory.toFile())
            .redirectErrorStream(true);
    builder.environment().put("MASTER", master.url().toString());
    builder
        .environment()
        .put(
            "LOGIN",
            "{\"username\":\"admin\",\"password\":\"%s\"}".formatted(MasterProcess.PASSWORD));
    Process shell = builder.start();
    shell.getOutputStream().close();
    String output = new String(shell.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, shell.waitFor(), guide + ": " + output);
  }
}
