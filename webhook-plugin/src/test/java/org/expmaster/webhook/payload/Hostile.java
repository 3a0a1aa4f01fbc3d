package org.expmaster.webhook.payload;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.expmaster.plugin.model.Experiment;
import org.expmaster.plugin.model.ExperimentState;
import org.expmaster.webhook.event.WebhookEvent;

/** Texts that users have entered, or might enter to see what happens, and events full of them. */
final class Hostile {
  static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "\u200b",
          "<!channel> <!here> <@U123> <#C123> @everyone @here <@123456789> <@&123>",
          "&lt; &amp; &amp;amp; <http://evil.example|click here>",
          "[click](http://evil.example) **bold** `code` ```block``` ~~x~~ ||y|| # title > quote",
          "<at>someone</at> {{user}} {{{user}}} ${user} %s \\ \"quoted\" 'single'",
          "two\nlines\r\nand\u2028more\u0085\u000b\f\tend\u0000\u0007",
          "ניסוי مرحبا \u202Eabc\u202C\u2067",
          "party 🎉 👩‍🔬 👨‍👩‍👧‍👦 🇩🇪 e\u0301",
          "half \ud83c and \udf89 half",
          "x".repeat(5_000),
          "<".repeat(5_000),
          "&<>".repeat(2_000),
          "*_`~|[]()".repeat(600),
          "@".repeat(5_000),
          "\"\\".repeat(3_000),
          "实".repeat(5_000),
          "🎉".repeat(5_000),
          "👨‍👩‍👧‍👦".repeat(1_000),
          "a" + "\u0301".repeat(5_000),
          "ע\n".repeat(5_000));

  private Hostile() {}

  static Stream<WebhookEvent> events() {
    return TEXTS.stream().flatMap(Hostile::events);
  }

  /** Returns one event of each kind, with this text in every field that can hold text. */
  static Stream<WebhookEvent> events(String text) {
    Experiment running = Events.experiment(text, ExperimentState.RUNNING, text, text);
    return Stream.of(
        Events.stateChanged(Events.experiment(text, ExperimentState.COMPLETED, text, text)),
        Events.stateChanged(Events.experiment(text, ExperimentState.ERROR, text, text)),
        Events.stateChanged(running),
        Events.taskLog(Optional.of(running), text, text),
        Events.taskLog(Optional.empty(), text, text),
        Events.alert(running, OptionalLong.of(3), text, text),
        Events.crossed(running, text));
  }
}
