package org.expmaster.webhook.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.expmaster.webhook.testing.Published;
import org.expmaster.webhook.testing.Published.Judged;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Has the OpenAPI document judged by Redocly's linter; skipped where there is no Node.js. */
@Tag("any-jdk")
class OpenApiLintTest {
  static final Path DOCUMENT =
      Path.of("src/main/resources/org/expmaster/webhook/rest/openapi.yaml");

  @TempDir Path scratch;

  @Test
  void theLinterFindsNothing() throws Exception {
    Judged judged = Published.judge("openapi", DOCUMENT);
    assertEquals(0, judged.status(), judged.output());
  }

  @Test
  void theLinterFindsMistakesInTheStructureAndInTheExamples() throws Exception {
    Map<String, String> mistakes =
        Map.of(
            "operationId: getWebhook\n", "operationId: listWebhooks\n",
            "lastEnding: DELIVERED", "lastEnding: LOST",
            "schemas/Preview'", "schemas/Review'");
    String wrong = Files.readString(DOCUMENT);
    for (var mistake : mistakes.entrySet()) {
      String before = wrong;
      wrong = wrong.replace(mistake.getKey(), mistake.getValue());
      assertNotEquals(before, wrong, mistake.getKey());
    }
    Judged judged =
        Published.judge("openapi", Files.writeString(scratch.resolve("wrong.yaml"), wrong));
    assertEquals(1, judged.status(), judged.output());
    for (String rule :
        new String[] {
          "operation-operationId-unique", "no-invalid-media-type-examples", "no-unresolved-refs"
        }) {
      assertTrue(judged.output().contains(rule), judged.output());
    }
  }
}
