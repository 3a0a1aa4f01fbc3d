package org.expmaster.webhook.rest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import org.expmaster.plugin.http.Request;
import org.expmaster.plugin.http.Response;
import org.junit.jupiter.api.Test;

class DocumentResourceTest {
  private final DocumentResource resource = new DocumentResource();

  @Test
  void itServesTheFileAsItIs() throws Exception {
    Response answer = get(Map.of());
    assertEquals(200, answer.status());
    assertEquals("application/yaml", answer.headers().get("Content-Type"));
    assertArrayEquals(Files.readAllBytes(OpenApiLintTest.DOCUMENT), answer.body());
  }

  @Test
  void whoHasItIsNotSentItAgain() {
    String tag = get(Map.of()).headers().get("ETag");
    Response answer = get(Map.of("if-none-match", tag));
    assertEquals(304, answer.status());
    assertEquals(0, answer.body().length);
  }

  private Response get(Map<String, String> headers) {
    return resource.get(
        new Request("GET", "/", Map.of(), Map.of(), headers, new byte[0], Optional.empty()));
  }
}
