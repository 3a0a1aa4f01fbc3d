package org.expmaster.host.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.expmaster.host.testing.PythonEnvironment;

/** Schemathesis as it is published: it makes requests from a document and checks the answers. */
final class Schemathesis {
  private static final Path FILES = Path.of("..", "docs", "validate", "openapi").toAbsolutePath();
  private static final String REPORT = "report.ndjson";

  private final PythonEnvironment python;
  private final Path directory;

  private Schemathesis(PythonEnvironment python, Path directory) {
    this.python = python;
    this.directory = directory;
  }

  /**
   * Installs it unless it is there; skips the test if it cannot be had.
   *
   * @param directory where it runs and writes its report
   */
  static Schemathesis install(Path directory) throws Exception {
    return new Schemathesis(
        PythonEnvironment.install("schemathesis", FILES.resolve("requirements.txt")), directory);
  }

  /**
   * How a run ended.
   *
   * @param statuses how often each status was answered, by method and path
   */
  record Run(int code, String output, Map<String, Map<Integer, Integer>> statuses) {
    int cases() {
      return statuses.values().stream()
          .flatMap(each -> each.values().stream())
          .mapToInt(Integer::intValue)
          .sum();
    }
  }

  /**
   * Runs it.
   *
   * @param document the document's file
   * @param more further arguments
   */
  Run run(Path document, String master, List<String> more) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                python.program("schemathesis"),
                "--config-file",
                FILES.resolve("schemathesis.toml").toString(),
                "run",
                document.toString(),
                "--url",
                master,
                "--no-color",
                "--continue-on-failure",
                "--report-ndjson-path",
                REPORT));
    command.addAll(more);
    Path output = directory.resolve("schemathesis.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    // without it, the same seed makes other requests
    builder.environment().put("PYTHONHASHSEED", "0");
    int code = builder.start().waitFor();
    return new Run(code, Files.readString(output, UTF_8), statuses());
  }

  private Map<String, Map<Integer, Integer>> statuses() throws IOException {
    Map<String, Map<Integer, Integer>> statuses = new TreeMap<>();
    Path report = directory.resolve(REPORT);
    if (!Files.exists(report)) {
      return statuses;
    }
    for (String line : Files.readAllLines(report)) {
      JsonNode recorder = new ObjectMapper().readTree(line).at("/ScenarioFinished/recorder");
      recorder
          .path("cases")
          .properties()
          .forEach(
              sent -> {
                JsonNode value = sent.getValue().path("value");
                JsonNode answer = recorder.path("interactions").path(sent.getKey());
                statuses
                    .computeIfAbsent(
                        value.path("method").asText() + " " + value.path("path").asText(),
                        route -> new TreeMap<>())
                    .merge(answer.at("/response/status_code").asInt(), 1, Integer::sum);
              });
    }
    return statuses;
  }
}
