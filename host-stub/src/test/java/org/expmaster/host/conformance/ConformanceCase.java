package org.expmaster.host.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.expmaster.host.testing.Api;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/**
 * Calls the REST API as Determined's clients do. One subject serves all tests of a class; what a
 * test has made is deleted after it.
 */
abstract class ConformanceCase {
  static final String ALL = "/api/v1/webhooks";

  @TempDir private static Path directory;
  static Subject subject;

  @BeforeAll
  static void open() throws Exception {
    subject = Subject.open(directory);
  }

  @AfterEach
  void deleteAll() {
    subject.deleteAll();
  }

  @AfterAll
  static void close() throws Exception {
    subject.close();
  }

  /** Returns a webhook as the list of all has it, or a missing node. */
  static JsonNode listed(Api who, long id) {
    List<JsonNode> found = new ArrayList<>();
    who.get(ALL)
        .ok()
        .path("webhooks")
        .forEach(
            webhook -> {
              if (webhook.path("id").asLong() == id) {
                found.add(webhook);
              }
            });
    return found.isEmpty() ? MissingNode.getInstance() : found.get(0);
  }

  static void assertError(int status, int code, String reason, Api.Answer answer) {
    assertEquals(status, answer.status(), answer.http().body());
    JsonNode error = answer.json().path("error");
    assertEquals(code, error.path("code").asInt());
    assertEquals(reason, error.path("reason").textValue());
    assertFalse(error.path("error").textValue().isBlank());
  }
}
