package org.expmaster.host.guides;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.expmaster.host.guides.RotatedMaster.Request;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The code steps of the guide to Zapier, run as Zapier runs them: as the body of a function, with
 * text for input, and only the standard library.
 */
@Tag("any-jdk")
final class ZapierGuideIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path directory;
  private static RotatedMaster master;

  private enum Step {
    JAVASCRIPT(
        "node",
        "zapier.js",
        """
        const { code, input } = JSON.parse(require("fs").readFileSync(0));
        const AsyncFunction = (async () => {}).constructor;
        const step = new AsyncFunction("inputData", "require", "let output;" + code + ";return output;");
        step(input, require).then(
          (output) => console.log(JSON.stringify(output)),
          (error) => { console.log(error.message); process.exitCode = 1; });
        """),
    PYTHON(
        "python3",
        "zapier.py",
        """
        import json, sys, textwrap
        given = json.load(sys.stdin)
        scope = {}
        exec("def step(input_data):\\n" + textwrap.indent(given["code"], "    ") + "\\n    return output", scope)
        try:
            print(json.dumps(scope["step"](given["input"])))
        except Exception as error:
            print(error)
            sys.exit(1)
        """);

    private final String command;
    private final String file;
    private final String harness;

    Step(String command, String file, String harness) {
      this.command = command;
      this.file = file;
      this.harness = harness;
    }
  }

  private record Ended(int status, String output) {}

  @BeforeAll
  static void start() throws IOException {
    master = RotatedMaster.start(directory);
  }

  @AfterAll
  static void stop() {
    master.close();
  }

  @ParameterizedTest
  @EnumSource
  void realDeliveriesFromBeforeAndAfterTheRotationAreVerifiedByOneList(Step step) throws Exception {
    for (Request delivery : List.of(master.before, master.after)) {
      Ended ended = run(step, delivery, master.oldKey + " " + master.newKey);
      assertEquals(0, ended.status, ended.output);
      JsonNode output = JSON.readTree(ended.output);
      assertEquals(JSON.readTree(delivery.body()), output);
      assertTrue(output.at("/event_data/experiment/name").asText().contains("实验 🎉"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aForgedAnOldAndAnotherKeysDeliveryStopTheZap(Step step) throws Exception {
    Request genuine = master.after;
    byte[] key = master.newKey.getBytes(UTF_8);
    Request forged = genuine.withBody(genuine.body().replace("COMPLETED", "ERROR"));
    assertNotEquals(genuine.body(), forged.body());
    String noMatch = "not verified: no key matches\n";
    assertEquals(new Ended(1, noMatch), run(step, forged, master.newKey));
    assertEquals(new Ended(1, noMatch), run(step, genuine, "another-key"));
    assertEquals(
        new Ended(1, "not verified: the timestamp is more than an hour from now\n"),
        run(
            step,
            Request.signed(key, Instant.now().minusSeconds(3_610), genuine.body()),
            master.newKey));
  }

  @ParameterizedTest
  @EnumSource
  void aTimestampThatIsNoNumberStopsTheZapThoughItIsSigned(Step step) throws Exception {
    List<Request> all = HostileRequests.timestamps(master.newKey, master.after);
    all.addAll(HostileRequests.spellings(master.newKey, master.after));
    for (Request hostile : all) {
      assertEquals(
          new Ended(1, "not verified: the timestamp is not a number\n"),
          run(step, hostile, master.newKey));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aFieldThatIsMissingOrNotAsciiStopsTheZapWithAReason(Step step) throws Exception {
    Map<String, String> whole = input(master.after, master.newKey);
    for (String field : whole.keySet()) {
      for (String odd : List.of("", "é")) {
        Map<String, String> other = new HashMap<>(whole);
        other.put(field, odd);
        other.values().remove("");
        Ended ended = run(step, other);
        assertEquals(1, ended.status);
        assertTrue(ended.output.startsWith("not verified: "), field + ": " + ended.output);
      }
    }
  }

  private static Map<String, String> input(Request delivery, String keys) {
    return Map.of(
        "payload", delivery.body(),
        "timestamp", delivery.headers().get("X-Determined-AI-Signature-Timestamp"),
        "signature", delivery.headers().get("X-Determined-AI-Signature"),
        "webhook_signing_key", keys);
  }

  private static Ended run(Step step, Request delivery, String keys) throws Exception {
    return run(step, input(delivery, keys));
  }

  private static Ended run(Step step, Map<String, String> input) throws Exception {
    Shell.assumeInstalled(step.command);
    String code = Files.readString(Docs.RECEIVERS.resolve(step.file));
    Path stdin =
        Files.writeString(
            directory.resolve("input.json"),
            JSON.writeValueAsString(Map.of("code", code, "input", input)));
    String flag = step == Step.PYTHON ? "-c" : "-e";
    ProcessBuilder builder =
        new ProcessBuilder(step.command, flag, step.harness)
            .redirectInput(stdin.toFile())
            .redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C.UTF-8");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Ended(process.waitFor(), output);
  }
}
