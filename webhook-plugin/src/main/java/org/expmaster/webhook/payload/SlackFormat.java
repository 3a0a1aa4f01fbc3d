package org.expmaster.webhook.payload;

import java.util.List;
import java.util.Optional;
import org.expmaster.webhook.payload.Message.Fact;
import org.expmaster.webhook.payload.Message.Link;
import org.expmaster.webhook.payload.Message.Quote;
import org.expmaster.webhook.payload.Message.Subject;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Type Slack: a section that says what happened, and the experiment next to a colour bar. */
final class SlackFormat implements ChatFormat {
  private static final int SECTION = 3_000;
  private static final int FIELD = 2_000;

  /** Lets a sentence, a name and three facts fit what Mattermost shows of a message. */
  private static final int SUMMARY = 700;

  /** Lets a log line, its regular expression and the words around them fit one section. */
  private static final int LOG_LINE = 1_200;

  private static final int LOG_REGEX = 500;
  private static final int LOG_SENTENCE = 400;

  private final List<KnownAnswers> answers = List.of(SlackAnswers.all(), MattermostAnswers.all());

  @Override
  public ObjectNode message(Message message) {
    ObjectNode section = section(message.quotes().isEmpty() ? plain(message) : log(message));
    fields(section, message.details());
    ObjectNode document = blocks(section);
    message
        .subject()
        .ifPresent(
            subject -> {
              ObjectNode attachment = document.putArray("attachments").addObject();
              attachment.put("color", subject.accent().hex);
              attachment.put("fallback", title(subject));
              attachment.putArray("blocks").add(experiment(subject));
            });
    return document.put("text", summary(message));
  }

  @Override
  public ObjectNode worded(String template, String text) {
    String cut = Text.cutEscaped(SECTION, text);
    return blocks(section(markup(cut))).put("text", cut);
  }

  @Override
  public List<KnownAnswers> answers() {
    return answers;
  }

  @Override
  public ObjectNode test() {
    return blocks(section(text("plain_text", "test"))).put("text", "test");
  }

  /** Returns what notifications show instead of the blocks, and all that Mattermost shows. */
  private String summary(Message message) {
    StringBuilder text = new StringBuilder(Text.cut(SUMMARY, message.sentence(), this::plain));
    message.subject().ifPresent(subject -> text.append(": ").append(title(subject)));
    for (Fact fact : message.details()) {
      text.append('\n').append(fact.label()).append(": ");
      text.append(Text.cut(SUMMARY, fact.value(), this::plain));
    }
    return text.toString();
  }

  private String title(Subject subject) {
    return subject.mark()
        + Text.cut(SUMMARY - subject.number().length(), subject.name(), this::plain)
        + subject.number();
  }

  /** Also keeps Mattermost from reading a name as a mention, a link or an image. */
  private String plain(String text) {
    return escape(text).replace("@", "@\u200b").replace("](", "]\u200b(");
  }

  /** Escapes as Slack's documentation asks. Slack has no escape for {@code *} and {@code _}. */
  @Override
  public String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static ObjectNode plain(Message message) {
    return text("plain_text", message.plainSentence());
  }

  private ObjectNode log(Message message) {
    StringBuilder text = new StringBuilder();
    text.append(Text.cut(LOG_SENTENCE, message.sentence(), this::escape)).append('\n');
    int limit = LOG_LINE;
    for (Quote quote : message.quotes()) {
      text.append(quote.before()).append(quote.before().isEmpty() ? "" : "\n");
      text.append("```").append(Text.cut(limit, quote.text(), this::escape));
      text.append("```\n");
      limit = LOG_REGEX;
    }
    message.more().ifPresent(more -> text.append(link(more)));
    return markup(text.toString());
  }

  private String link(Link link) {
    return link.isUrl()
        ? link(Optional.of(link.target()), link.label(), SECTION)
        : link.label() + " " + link.target();
  }

  private ObjectNode experiment(Subject subject) {
    int around = subject.mark().length() + subject.number().length() + around(subject.url());
    String name = Text.cut(SECTION - around, subject.name(), this::escape);
    ObjectNode section =
        section(markup(subject.mark() + linked(subject.url(), name + subject.number())));
    fields(section, subject.facts());
    return section;
  }

  private void fields(ObjectNode section, List<Fact> facts) {
    if (facts.isEmpty()) {
      return;
    }
    ArrayNode fields = section.putArray("fields");
    for (Fact fact : facts) {
      String label = "*" + fact.label() + "*: ";
      fields.add(markup(label + link(fact.url(), fact.value(), FIELD - label.length())));
    }
  }

  private String link(Optional<String> url, String text, int limit) {
    return linked(url, Text.cut(limit - around(url), text, this::escape));
  }

  private int around(Optional<String> url) {
    return linked(url, "").length();
  }

  private String linked(Optional<String> url, String escaped) {
    return url.map(target -> "<" + escape(target) + " | " + escaped.replace('\n', ' ') + ">")
        .orElse(escaped);
  }

  private static ObjectNode blocks(ObjectNode block) {
    ObjectNode document = Json.object();
    document.putArray("blocks").add(block);
    return document;
  }

  private static ObjectNode section(ObjectNode text) {
    ObjectNode section = Json.object().put("type", "section");
    section.set("text", text);
    return section;
  }

  /** Sets verbatim: otherwise Slack turns names that look like links or mentions into them. */
  private static ObjectNode markup(String text) {
    return text("mrkdwn", text).put("verbatim", true);
  }

  private static ObjectNode text(String type, String text) {
    return Json.object().put("type", type).put("text", text);
  }
}
