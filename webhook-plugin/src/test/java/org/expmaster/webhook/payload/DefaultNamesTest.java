package org.expmaster.webhook.payload;

import static org.expmaster.webhook.payload.DefaultRendering.JSON;
import static org.expmaster.webhook.payload.DefaultRendering.event;
import static org.expmaster.webhook.payload.DefaultRendering.experiment;
import static org.expmaster.webhook.payload.DefaultRendering.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Optional;
import org.expmaster.plugin.model.ExperimentState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names go to the receiver as they are, whatever they hold. */
class DefaultNamesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "naïve 实验",
        "party 🎉 👩‍🔬",
        "ניסוי مرحبا \u202Eabc\u202C",
        "a/b </script> & 'c'",
        "\uFEFF\u2028\u2029\uFFFF\u007F"
      })
  void aNameGoesAsItIsInUtf8WithNothingEscaped(String name) {
    assertTrue(body(name).contains("\"name\":\"" + name + "\""), body(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"say \"hi\"", "back\\slash", "two\nlines\r\n\tand a tab", "\u0000\u0001\u001F"})
  void aNameWithWhatJsonHasToEscapeComesBackUnchanged(String name) throws IOException {
    String body = body(name);
    assertEquals(name, JSON.readTree(body).at("/event_data/experiment/name").textValue());
    assertFalse(body.chars().anyMatch(character -> character < ' '), body);
  }

  @Test
  void aNameMayBeAsLongAsItLikes() throws IOException {
    String name = "实🎉/".repeat(5_000);
    assertTrue(body(name).contains("\"name\":\"" + name + "\""));
  }

  @Test
  void halfACharacterBecomesAQuestionMarkRatherThanWhatNoParserTakes() {
    assertTrue(body("a\uD83C").contains("\"name\":\"a?\""));
    assertTrue(body("\uDF89b").contains("\"name\":\"?b\""));
    assertTrue(body("\uD83C\uD83C\uDF89\uDF89").contains("\"name\":\"?🎉?\""));
  }

  private static String body(String name) {
    return text(event(experiment(name, ExperimentState.COMPLETED, Optional.empty())));
  }
}
